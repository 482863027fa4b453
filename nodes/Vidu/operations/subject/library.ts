/** The provider's subject library. */
import { asText } from '../../providers/read';
import type { SubjectFilters } from '../../providers/types';
import type { Caller } from '../../transport/caller';
import { failure, type Failure, isFailure } from '../../transport/failure';
import { requireCapability, type Session, readPages } from '../../tasks/context/session';

/** A subject as the provider describes it. */
export type LibrarySubject = Readonly<Record<string, unknown>>;

/** Up to `limit` subjects of the library, or why there are none. */
export async function listSubjects(
	session: Session<Caller>,
	filters: SubjectFilters,
	limit: number,
): Promise<LibrarySubject[] | Failure> {
	const library = requireCapability(session, 'library', 'Subjects can be listed');
	if (isFailure(library)) return library;
	return await readPages(session, library, filters, limit, 'to list subjects');
}

/** One subject, of the account's own or of the provider's. */
export async function findSubject(
	session: Session<Caller>,
	id: string,
): Promise<LibrarySubject | Failure> {
	for (const ownership of ['private', 'system'] as const) {
		const found = await listSubjects(session, { ownership, ids: [id] }, 1);
		if ('message' in found) return found;
		const [subject] = found;
		if (subject !== undefined && asText(subject.id) === id) return subject;
	}
	return failure(
		`${session.provider.name} has no subject ${id}`,
		'Check the ID, and that the credential belongs to the account that created the subject.',
	);
}
