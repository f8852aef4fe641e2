"""Reading: one article into its sentences, figures, states, speakers and situation."""
