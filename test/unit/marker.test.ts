import fc from 'fast-check';
import { newMarker, withoutMarker } from '../../nodes/Vidu/tasks/marker';

describe('our mark in the payload', () => {
	it('is another one for each order', () => {
		const marks = Array.from({ length: 1000 }, newMarker);
		expect(new Set(marks).size).toBe(1000);
	});

	it('is not shown to the user, whose own payloads are', () => {
		expect(withoutMarker(newMarker())).toBeNull();
		expect(withoutMarker(null)).toBeNull();
		fc.assert(fc.property(fc.string(), (own) => expect(withoutMarker(own)).toBe(own)));
		for (const near of ['n8n:', 'n8n:17', `${newMarker()} `, newMarker().toUpperCase()]) {
			expect(withoutMarker(near)).toBe(near);
		}
	});
});
