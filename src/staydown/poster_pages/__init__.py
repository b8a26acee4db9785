"""Pages for the person whose content was taken down: why, and an appeal. No account.

They come by a link that only the platform could give them. Nothing about the notifier is here.
"""
