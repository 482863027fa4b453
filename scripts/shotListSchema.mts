/** The JSON schema of a shot list in docs/film.md. */
import { SHOT_LIST_SCHEMA } from '../nodes/Vidu/operations/film/shotList.ts';

const PLACE = /(<!-- schema:start -->\n)[^]*(\n<!-- schema:end -->)/;

/** A page with the schema between its two marks. */
export function withShotListSchema(page: string): string {
	const schema = JSON.stringify(SHOT_LIST_SCHEMA, null, 2);
	return page.replace(PLACE, (_, start: string, end: string) =>
		[start, '```json', schema, '```', end].join('\n').replace(/\n\n\n<!--/, '\n\n<!--'),
	);
}
