/** Reads lists that a provider returns in pages. */
import type { WireRequest } from '../../providers/types';
import type { Caller } from '../../transport/caller';
import type { Failure } from '../../transport/failure';
import { requestFree, isFailure, type Session } from './session';

/** Vidu's largest page. */
export const PAGE_SIZE = 100;

interface Pages<T> {
	page(pageSize: number, pageToken: string | null): WireRequest;
	read(body: unknown): readonly T[];
	nextPageToken(body: unknown): string | null;
}

/** Reads up to `limit` rows of a list, or returns why it cannot. `what` completes "refused …". */
export async function readPages<T>(
	session: Session<Caller>,
	{ page, read, nextPageToken }: Pages<T>,
	limit: number,
	what: string,
): Promise<T[] | Failure> {
	const rows: T[] = [];
	let token: string | null = null;
	do {
		const request = page(Math.min(limit - rows.length, PAGE_SIZE), token);
		const answer: Awaited<ReturnType<typeof requestFree>> = await requestFree(
			session,
			request,
			what,
		);
		if (isFailure(answer)) return answer;
		rows.push(...read(answer.body));
		token = nextPageToken(answer.body);
	} while (token !== null && rows.length < limit);
	return rows.slice(0, limit);
}
