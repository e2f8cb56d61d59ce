"""A page off the web: which addresses, one request, over redirects."""
