"""What is wrong with rules and their stories, before any customer is judged by them."""
