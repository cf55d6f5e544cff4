"""Who could stand where, solved for all halls at once. Pure: knows neither Flask nor the database."""
