"""Long forms keep what is typed: for whoever closes the browser, and for whoever is late."""
