"""The one fetcher: gets bytes from addresses that the operator allowed, and from no others."""
