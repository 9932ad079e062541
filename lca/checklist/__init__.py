"""The "do no significant harm" checklist: criteria as data, facts of the project, and the rules that judge each row."""
