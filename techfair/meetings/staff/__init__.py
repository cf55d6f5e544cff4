"""Who comes to a participant's meetings: whoever usually does, and those who may stand in for them."""
