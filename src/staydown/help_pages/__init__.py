"""Pages for the person shown: a notice form, a receipt, and a look at how a case stands.

They need no account and no JavaScript, set no cookie but the form's own, and ask nobody but this
server.
"""
