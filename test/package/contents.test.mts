import { readFileSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

import { unpackPackage, type UnpackedPackage } from './unpackedPackage.mts';

let unpacked: UnpackedPackage;
beforeAll(() => {
	unpacked = unpackPackage();
});
afterAll(() => unpacked.remove());

const read = (file: string) => readFileSync(join(unpacked.folder, file), 'utf8');
const manifest = () => JSON.parse(read('package.json'));

describe('the packed package', () => {
	it('holds nothing but what n8n loads and the papers', () => {
		const papers = /^(package\.json|README(\.[\w-]+)?\.md|LICENSE|CHANGELOG\.md|dist\/NOTICE)$/;
		const loaded = /^dist\/(nodes|credentials)\/.*\.(js|json|svg|png)$/;
		expect(unpacked.files.filter((file) => !papers.test(file) && !loaded.test(file))).toEqual([]);
	});

	it('holds no tests', () => {
		expect(unpacked.files.filter((file) => /\.test\.|\btest\//.test(file))).toEqual([]);
	});

	it('refers to no source map', () => {
		const scripts = unpacked.files.filter((file) => file.endsWith('.js'));
		expect(scripts.filter((file) => read(file).includes('sourceMappingURL'))).toEqual([]);
	});

	it('needs nothing at run time that n8n does not bring', () => {
		const { dependencies, optionalDependencies, peerDependencies } = manifest();
		expect({ dependencies, optionalDependencies, peerDependencies }).toEqual({
			dependencies: undefined,
			optionalDependencies: undefined,
			peerDependencies: { 'n8n-workflow': '*' },
		});
	});

	it('gives the licence of each library that is inside', () => {
		const contained = read('dist/NOTICE').match(/^n8n-nodes-callbridge contains \S+/gm);
		const scripts = unpacked.files.filter((file) => file.endsWith('.js'));
		const inside = scripts.flatMap((file) =>
			[...read(file).matchAll(/^\/\/ node_modules\/([^/]+)\//gm)].map(([, name]) => name),
		);
		expect(contained).toEqual(
			[...new Set(inside)].sort().map((name) => `n8n-nodes-callbridge contains ${name}`),
		);
		expect(read('dist/NOTICE')).toMatch(
			/libphonenumber-js [\d.]+ in dist\/nodes\/phone\/[\s\S]*MIT License/,
		);
	});

	it('is small', () => {
		const bytes = unpacked.files.reduce(
			(sum, file) => sum + statSync(join(unpacked.folder, file)).size,
			0,
		);
		expect(bytes).toBeLessThan(3_000_000);
	});
});

describe('each node and credential', () => {
	it('can be loaded with only n8n within reach', () => {
		const { nodes, credentials } = unpacked.describe();
		expect(nodes.map(({ description }) => description.name).sort()).toEqual([
			'callPage',
			'callRules',
			'weComCustomerService',
			'weComCustomerServiceTrigger',
			'yeastar',
			'yeastarTrigger',
			'yeastarWebhookTrigger',
			'zohoCrmTelephony',
			'zohoCrmTrigger',
			'zohoDesk',
			'zohoDeskTrigger',
		]);
		expect(credentials.map(({ name }) => name).sort()).toEqual([
			'callBridgeLinkApi',
			'callBridgeZohoOAuth2Api',
			'weComCustomerServiceApi',
			'yeastarApi',
			'yeastarWebhookApi',
		]);
	});

	it('has its icons, for light and for dark, in the package', () => {
		const { nodes, credentials } = unpacked.describe();
		const iconsOf = (icon: unknown) =>
			typeof icon === 'object' && icon !== null ? Object.values(icon) : [icon];
		const icons = [
			...nodes.flatMap(({ file, description }) =>
				iconsOf(description.icon).map((icon) => ({ file, icon })),
			),
			...credentials.flatMap(({ file, icon }) => iconsOf(icon).map((one) => ({ file, icon: one }))),
		];
		expect(icons.length).toBe(2 * (nodes.length + credentials.length));
		for (const { file, icon } of icons) {
			const path = posix.join(dirname(file), String(icon).replace(/^file:/, ''));
			expect(unpacked.files).toContain(path);
			expect(read(path)).toContain('<svg');
		}
	});

	it('has a codex that n8n accepts', () => {
		for (const { file, description } of unpacked.describe().nodes) {
			const codex = JSON.parse(read(`${file}on`));
			expect(codex).toMatchObject({
				node: `${manifest().name}.${description.name}`,
				nodeVersion: '1.0',
				codexVersion: '1.0',
			});
			expect(codex.categories.length).toBeGreaterThan(0);
			expect(codex.resources.primaryDocumentation[0].url).toMatch(/^https:/);
		}
	});
});
