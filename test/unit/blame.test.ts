import { blameMedia, namesOf, type MediaName } from '../../nodes/Vidu/media/blame';

const images: MediaName[] = [
	{
		type: 'image',
		label: 'image 1 of subject "cat"',
		url: 'https://a.example/cat.png?Signature=secret',
	},
	{ type: 'image', label: 'image 2 of subject "cat"', url: 'https://a.example/side.png' },
	{ type: 'image', label: 'binary field "front"', url: null },
];

describe('the image that a refusal speaks of', () => {
	it('is the one whose address stands in the message, without its signed query', () => {
		const sentence = blameMedia('Anything', `cannot fetch ${images[0]?.url}`, images);
		expect(sentence).toBe(
			'The image in question: image 1 of subject "cat" (https://a.example/cat.png)',
		);
	});

	it('is one of all where the code is about images, but names none', () => {
		expect(blameMedia('ImageSizeInvalid', 'too small', images)).toBe(
			'The image in question is one of: image 1 of subject "cat" (https://a.example/cat.png); image 2 of subject "cat" (https://a.example/side.png); binary field "front"',
		);
	});

	it.each(['FaceDetectFailure', 'NoFaceDetected', 'MultiFaceDetected', 'PhotoAuditNotPass'])(
		'is the only one there is, for %s',
		(code) => {
			expect(blameMedia(code, '', images.slice(2))).toBe(
				'The image in question: binary field "front"',
			);
		},
	);

	it.each([
		['CreditInsufficient', 'no credits', images],
		[null, 'no reason', images],
		['ImageSizeInvalid', 'too small', []],
	])('is none for %s: %s', (code, message, among) => {
		expect(blameMedia(code, message, among)).toBeNull();
	});

	it('is a video where the code is about videos, and never an image beside it', () => {
		const video: MediaName = { type: 'video', label: 'video 1', url: null };
		expect(blameMedia('VideoFormatInvalid', '', [...images, video])).toBe(
			'The video in question: video 1',
		);
		expect(blameMedia('FaceDetectFailure', '', [video])).toBeNull();
	});

	it('keeps data URIs and other bytes out of the names', () => {
		const value = 'data:image/png;base64,AAAA';
		expect(namesOf([{ kind: 'reference', type: 'image', value, label: 'image 1' }])).toEqual([
			{ type: 'image', label: 'image 1', url: null },
		]);
	});
});
