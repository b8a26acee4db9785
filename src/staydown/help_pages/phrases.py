"""Sentences of other rooms that these pages say, marked so that they are in the catalogues.

Those rooms know no web and no languages: they give a sentence and its facts (`errors`), and the
pages say both in the language of whoever reads. A test compares this list with what is said there.
"""

from typing import Final

from django.utils.translation import gettext_noop as marked

ABOUT_FIELDS: Final = (
    marked("please answer this"),
    marked("please fill this in"),
    marked("please add what is missing"),
    marked("at most {most} characters"),
    marked("at most {most} places at once"),
    marked("at most {most} at once"),
    marked("contains characters that cannot be shown"),
    marked("add the original picture, or say where the copy is"),
    marked("say where the copy is: without a kept photo nobody can look for it"),
    marked("number {number}: {problem}"),
    marked("picture {number}: {problem}"),
    marked("too small or too plain to be recognised: choose another one"),
    marked("the file is empty"),
)
ABOUT_WORDS: Final = (
    marked("there are {count} words, and you typed {typed}"),
    marked("word {place} is not in the list: check how it is spelled"),
    marked("words {places} and {last} are not in the list: check how they are spelled"),
    marked("one word is another one, or two have changed places: compare each with what you kept"),
)
DECIDED: Final = (
    marked("A person looked at it and decided."),
    marked("What should not be there was taken down on this site."),
    marked("A person looked at it and decided. Nothing was taken down."),
    marked("The person who decided found that it shows somebody else."),
    marked("The person who decided found that it is there with consent."),
    marked("At the places that were named, nothing was found any more."),
    marked("What we were told was too little to find it, or to decide about it."),
    marked("The person who decided found nothing against a law or our rules."),
)
LETTER: Final = (
    marked("Case number"),
    marked("What was decided"),
    marked("What you can do"),
    marked(
        "You can say, until {moment}, why you think this is wrong: where you look up your case. "
        "It costs nothing. Somebody who did not decide before looks at it."
    ),
    marked("You can also go to a court, or to the authority that the law of your country names."),
)
"""Of `casework.wording.word_letter`, beside what was decided."""
WHOM: Final = (
    marked("anywhere: pictures taken when you were under 18"),
    marked("in the UK: if you are under 18 now"),
    marked("elsewhere: finds the hotline of your country"),
)
"""Of `casework.elsewhere`: for whom a service is."""
