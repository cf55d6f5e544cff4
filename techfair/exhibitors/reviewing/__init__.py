"""How organizers get through a fair's applications: a queue, its reviewers, notes among them, many decided at once."""
