"""Identity: who is who, who looks after whom, and the accounts they sign in with."""
