/** Values of a body whose fields were checked before; what is absent or of another kind is empty. */
export type Body = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const text = (body: Body, field: string) => {
	const value = body[field];
	return typeof value === 'string' ? value : '';
};

export const integer = (body: Body, field: string) => {
	const value = body[field];
	return typeof value === 'number' ? value : undefined;
};

export const flag = (body: Body, field: string) => {
	const value = body[field];
	return typeof value === 'boolean' ? value : undefined;
};

export const strings = (body: Body, field: string) => {
	const value = body[field];
	return Array.isArray(value)
		? value.filter((entry): entry is string => typeof entry === 'string')
		: [];
};

/** The objects of a list. */
export const objects = (body: Body, field: string) => {
	const value = body[field];
	return Array.isArray(value) ? value.filter(isObject) : [];
};

type Named = ReadonlyArray<readonly [field: string, value: string]>;

const single = (owner: Body, field: string, at = ''): Named =>
	text(owner, field) === '' ? [] : [[`${at}${field}`, text(owner, field)]];
const listed = (owner: Body, field: string, at = ''): Named =>
	strings(owner, field).map((value, index) => [`${at}${field}[${index}]`, value]);

/** The images or videos of a body and of its subjects, each with the name of its field. */
export const mediaOf = (body: Body, field: 'images' | 'videos'): Named => [
	...listed(body, field),
	...objects(body, 'subjects').flatMap((subject, at) => listed(subject, field, `subjects[${at}].`)),
];

/** Every image of a body with the name of its field, in the order of the timeline. */
export const imagesOf = (body: Body): Named => [
	...['start_image', 'image', 'image_url'].flatMap((field) => single(body, field)),
	...objects(body, 'image_settings').flatMap((frame, at) =>
		single(frame, 'key_image', `image_settings[${at}].`),
	),
	...mediaOf(body, 'images'),
];

/** A list in a query: its encoding is not documented, so repeated names and commas both do. */
export const many = (value: unknown) =>
	[value ?? []].flat().flatMap((part) =>
		String(part)
			.split(',')
			.filter((item) => item !== ''),
	);
