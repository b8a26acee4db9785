"""What came with a notice to be found again: innocent originals, opened, and fingerprints.

Nothing is written here. Whether a picture shows whom the notice is about is for a reviewer to see.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from staydown.bank.entries import EntryRole, EntryStatus
from staydown.casework.notices import MAX_ORIGINALS, NoticeForm, check_form
from staydown.engine.comparison import why_not_comparable
from staydown.engine.darkroom import Darkroom
from staydown.engine.features import no_features
from staydown.engine.pdq import read_hash
from staydown.engine.subjects import Known, know_hash
from staydown.errors import NO_FACTS, BadNotice, BadPicture, FieldProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """One uploaded original, as it came, unless that may not be kept, and as it will be known.

    Or a fingerprint of a picture that nobody sent: `listed`, without data.
    """

    data: bytes | None = field(repr=False)
    known: Known = field(repr=False)
    role: EntryRole = EntryRole.ORIGINAL

    def status_from(self, status: EntryStatus) -> EntryStatus:
        """A fingerprint may be of anybody's photograph: it holds nothing until confirmed."""
        return EntryStatus.QUARANTINED if self.role is EntryRole.LISTED else status


def open_originals(
    form: NoticeForm, originals: Sequence[bytes], darkroom: Darkroom
) -> list[Original]:
    """Every original, looked at.

    Raises BadNotice with the form's problems beside the pictures'.
    """
    problems = list(check_form(form))
    if len(originals) > MAX_ORIGINALS:
        problems.append(_about_originals(f"at most {MAX_ORIGINALS} pictures at once"))
    problems += _nothing_to_go_by(form, originals)
    if problems:
        raise BadNotice(*problems)
    opened: list[Original] = []
    for number, data in enumerate(originals, start=1):
        try:
            opened.append(_know(data, darkroom, is_kept=form.may_keep_photo))
        except BadPicture as error:
            about = {"number": number, "problem": str(error)}
            problems.append(_about_originals("picture {number}: {problem}", about))
    if problems:
        raise BadNotice(*problems)
    return [*opened, *map(_know_fingerprint, form.fingerprints)]


def _know_fingerprint(text: str) -> Original:
    return Original(data=None, known=know_hash(read_hash(text)), role=EntryRole.LISTED)


def _know(data: bytes, darkroom: Darkroom, *, is_kept: bool) -> Original:
    """One original, as it will be recognised. Raises BadPicture, also where nothing can be.

    Without consent nothing is kept that shows anything: digests and PDQ alone.
    """
    known = darkroom.know(data)
    if why_not_comparable(known.fingerprint):
        raise BadPicture("too small or too plain to be recognised: choose another one")
    if is_kept:
        return Original(data=data, known=known)
    hashes = replace(known.fingerprint, features=no_features())
    return Original(data=None, known=replace(known, fingerprint=hashes, proxy=None))


def _nothing_to_go_by(form: NoticeForm, originals: Sequence[bytes]) -> tuple[FieldProblem, ...]:
    """Where no machine can look for copies, a person has to know where to look."""
    if any(location.strip() for location in form.locations):
        return ()
    if form.fingerprints:
        return ()
    if not originals:
        return (_about_originals("add the original picture, or say where the copy is"),)
    if form.keeps_photo == "no":
        what = "say where the copy is: without a kept photo nobody can look for it"
        return (FieldProblem(field="locations", says=what),)
    return ()


def _about_originals(says: str, facts: Mapping[str, object] = NO_FACTS) -> FieldProblem:
    return FieldProblem(field="originals", says=says, facts=facts)
