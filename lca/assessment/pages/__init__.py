"""The pages of the dossier, each the answer to one question of a reviewer."""
