"""What the treatment so far adds up to: strain, distress, a customer who turns away, mismatches."""
