"""A recording retold moment by moment: who said or did what, what each rule made of it, what came of that."""
