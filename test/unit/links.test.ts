import fc from 'fast-check';
import { referenceProblem } from '../../nodes/Vidu/media/mediaRules';
import { linkProblem } from '../../nodes/Vidu/media/links';
import { isLocal } from '../../nodes/Vidu/transport/hosts';
import { findRow } from '../../nodes/Vidu/catalogue';
import type { Row } from '../../nodes/Vidu/catalogue/types';
import { check } from '../../nodes/Vidu/tasks/validate';

const VIDU = 'https://api.vidu.com';
const problem = (link: string, baseUrl = VIDU) => linkProblem(link, baseUrl);

const LOCAL = [
	...['http://localhost/cat.png', 'http://localhost.:5678/cat.png', 'http://a.localhost/cat.png'],
	...[
		'http://127.0.0.1:4010/cat.png',
		'http://127.9.9.9/c',
		'http://2130706433/c',
		'http://0x7f.1/c',
	],
	...['http://0.0.0.0/c', 'http://[::1]/c', 'http://[::ffff:127.0.0.1]/c'],
	...[
		'http://10.0.0.7/c',
		'https://192.168.1.1/c',
		'http://172.16.0.1/c',
		'http://169.254.169.254/c',
	],
	...[
		'http://100.64.0.1/c',
		'http://[fd00::1]/c',
		'http://[fe80::1]/c',
		'http://[::ffff:10.0.0.7]/c',
	],
	...['http://minio:9000/cat.png', 'http://nas.local/cat.png', 'http://host.docker.internal/c'],
];

describe('a link that the provider cannot follow is refused before paying', () => {
	test.each(LOCAL)('%s leads to a machine that the internet cannot reach', (link) => {
		expect(problem(link)).toContain(`points to ${new URL(link).hostname}`);
		expect(problem(link)).toContain('data field');
	});

	test.each(LOCAL)('%s is fine for a provider on a local address', (link) => {
		expect(problem(link, 'http://127.0.0.1:4010')).toBeNull();
		expect(problem(link, 'http://vidu-proxy:8080/v1')).toBeNull();
	});

	test.each([
		'https://drive.google.com/file/d/1aB-c_D/view?usp=sharing',
		'https://drive.google.com/file/u/0/d/1aB-c_D/edit',
		'https://drive.google.com/open?id=1aB-c_D',
	])('%s is a page of Google Drive, whose file has an address of its own', (link) => {
		const said = problem(link);
		expect(said).toMatch(/^is a page of Google Drive, not the file\. /);
		const direct = /https:\S+/.exec(said ?? '')?.[0]?.replace(/,$/, '') ?? '';
		if (!link.includes('/u/0/')) {
			expect(direct).toBe('https://drive.google.com/uc?export=download&id=1aB-c_D');
			expect(problem(direct)).toBeNull();
		}
		expect(said).toContain('data field');
	});

	test.each([
		'https://drive.google.com/drive/folders/1aB',
		'https://drive.google.com/open?id=%22%3Cx%3E',
		'https://docs.google.com/document/d/1aB/edit',
	])('%s has no file to offer, and nothing of it is repeated', (link) => {
		expect(problem(link)).toBe(
			"is a page of Google Drive, not the file. Download the file with n8n's Google Drive node and use its data field",
		);
	});

	test.each([
		'https://www.dropbox.com/s/abc/cat.png?dl=0',
		'https://www.dropbox.com/s/abc/cat.png',
		'https://dropbox.com/scl/fi/abc/cat.png?rlkey=k&dl=0',
	])('%s is a page of Dropbox', (link) => {
		expect(problem(link)).toBe(
			'is a page of Dropbox, not the file. End the link with dl=1 instead of dl=0',
		);
	});

	test.each([
		...['https://cdn.example.com/cat.png', 'http://8.8.8.8/cat.png', 'http://172.32.0.1/c'],
		...['https://[2606:4700::1]/c', 'https://www.dropbox.com/s/abc/cat.png?dl=1'],
		...['https://www.dropbox.com/s/a/c.png?raw=1', 'https://dl.dropboxusercontent.com/s/a/c.png'],
		...['https://drive.google.com/uc?id=1aB', 'https://drive.google.com/thumbnail?id=1aB'],
		...[
			'https://lh3.googleusercontent.com/d/1aB',
			'https://docs.google.com/uc?export=download&id=1',
		],
		...['https://example.com/?next=http://localhost/', 'https://localhost.example.com/cat.png'],
	])('%s may work', (link) => {
		expect(problem(link)).toBeNull();
	});

	test('images, videos of subjects and watermarks are held against it, a data URI and a callback are not', () => {
		const row = findRow('vidu', 'referenceSubjects', 'viduq2');
		const local = 'http://192.168.0.2/file';
		const cat = (part: object) => ({ name: 'cat', images: [], videos: [], ...part });
		const image = { kind: 'reference', type: 'image', value: local, label: 'image 1' } as const;
		const video = { ...image, type: 'video', label: 'video 1' } as const;
		const media = findRow('vidu', 'referenceMedia', 'viduq2-pro');
		const problemsOf = (part: object, baseUrl?: string, of: Row | undefined = row) =>
			check(of as Row, { prompt: '@cat runs', ...part }, 'Vidu', baseUrl).problems.filter((said) =>
				said.includes('points to'),
			);
		expect(problemsOf({ subjects: [cat({ images: [image] })] })).toHaveLength(1);
		expect(problemsOf({ subjects: [cat({ videos: [video] })] })).toHaveLength(1);
		expect(problemsOf({ videos: [video] }, undefined, media)).toHaveLength(1);
		expect(problemsOf({ watermark: true, wmUrl: local })).toHaveLength(1);
		expect(problemsOf({ callbackUrl: local })).toHaveLength(0);
		expect(problemsOf({ subjects: [cat({ images: [image] })] }, 'http://10.0.0.1')).toEqual([]);
		expect(referenceProblem('image', 'ssupload:?id=1')).toBeNull();
	});

	test('no text is too odd for an answer', () => {
		const pieces = ['http://', 'https://', ...'a1./:@?#%[]', 'localhost', '你'];
		const nearlyUrl = fc.string({ unit: fc.constantFrom(...pieces), maxLength: 12 });
		fc.assert(
			fc.property(fc.oneof(fc.string(), nearlyUrl, fc.ipV6()), fc.string(), (link, base) => {
				expect(() => [problem(link, base), isLocal(link)]).not.toThrow();
			}),
		);
	});
});
