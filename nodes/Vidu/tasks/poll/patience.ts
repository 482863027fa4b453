/** How long odd answers are borne before they count, and what is waited in between. Guesses, not documented; all in milliseconds. */
export const PATIENCE = {
	/** A refusal to show a task that was bought: one answer may come from a proxy or a firewall. */
	refusal: 180_000,
	/** The same for a task that the user names, whose ID may simply be wrong. */
	unknownTask: 30_000,
	/** Success without a result: the files may follow. */
	emptySuccess: 60_000,
	/** A server that cannot be reached. */
	unreachable: 60_000,
	/** The first pause after trouble; each further one in a row is twice as long, up to 30 s. */
	firstPause: 1_000,
	/** How long another worker may take to write what it has claimed. */
	otherWorkers: 1_000,
	/** How long a run that was woken waits for tasks that end at about the same time, where each lets another item in. */
	together: 1_000,
};
