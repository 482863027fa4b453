import fc from 'fast-check';
import { markerOf, withoutMarker } from '../../nodes/Vidu/tasks/submit/marker';

const parts = fc.array(fc.string(), { minLength: 1, maxLength: 3 });

describe('our mark in the payload', () => {
	it('is the same for the same order, and another one for every other', () => {
		fc.assert(
			fc.property(parts, parts, (one, other) => {
				const same = JSON.stringify(one) === JSON.stringify(other);
				expect(markerOf(...one) === markerOf(...other)).toBe(same);
			}),
		);
	});

	it('is not shown to the user, whose own payloads are', () => {
		expect(withoutMarker(markerOf('a'))).toBeNull();
		expect(withoutMarker(null)).toBeNull();
		fc.assert(fc.property(fc.string(), (own) => expect(withoutMarker(own)).toBe(own)));
		for (const near of ['n8n:', 'n8n:17', `${markerOf('a')} `, markerOf('a').toUpperCase()]) {
			expect(withoutMarker(near)).toBe(near);
		}
	});
});
