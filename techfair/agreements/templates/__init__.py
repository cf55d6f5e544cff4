"""Templates of agreements: clauses with fields, edited by organizers in versions, and what each kind must contain."""
