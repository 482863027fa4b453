/**
 * Film: make. The shots of a list are checked and priced as a whole, made side by side with the same
 * subjects, each paid for once, and joined into one file.
 */
import { isFailure } from '../../transport/failure';
import { optionsField, outputFieldOption, runOptions, waitField } from '../options';
import type { AssembledOperation, Listing } from '../types';
import { FILM_FIELDS, filmItem, OPTIONS, wantsShots } from './filmItem';
import { shotListFields, shotListOf, shotRequests } from './shotRequests';

export const makeFilm: Listing & AssembledOperation = {
	resource: 'film',
	name: 'make',
	label: 'Make',
	action: 'Make film',
	description:
		'Make the shots of a script with the same subjects, priced and checked as a whole, and join them into one video',
	makes: 'video',
	output: FILM_FIELDS,
	properties: () => [
		...shotListFields(),
		waitField('Film', ['none']),
		optionsField([...OPTIONS, outputFieldOption(), ...runOptions()]),
	],
	buildRequests: async (session, itemIndex) => {
		// So that it is understood before anything is paid for.
		wantsShots(session.context, itemIndex);
		return await shotRequests(session, itemIndex);
	},
	assemble: async (session, itemIndex, parts) => {
		const list = shotListOf(session.context, itemIndex);
		return await filmItem(session, itemIndex, parts, isFailure(list) ? null : list);
	},
};
