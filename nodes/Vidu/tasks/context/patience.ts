/** How long odd responses are tolerated before they count, and the waits in between. Guesses, not documented; all in milliseconds. */
export const PATIENCE = {
	/** A refused poll of a task that was submitted: one response may come from a proxy or firewall. */
	refusal: 180_000,
	/** The same for a task ID entered by the user, which may simply be wrong. */
	unknownTask: 30_000,
	/** Success without a result: the files may follow. */
	emptySuccess: 60_000,
	/** A server that cannot be reached. */
	unreachable: 60_000,
	/** The first pause after trouble; each consecutive one is twice as long, up to 30 s. */
	firstPause: 1_000,
	/** How long another worker may take to write its claim. */
	otherWorkers: 1_000,
	/** How long a resumed run waits for tasks that end at about the same time, if each makes room for another item. */
	together: 1_000,
};
