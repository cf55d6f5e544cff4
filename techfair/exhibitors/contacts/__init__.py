"""The people of a company whom others write to: its main contact, and as many beside it as it names."""
