import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';

import { CallPage } from '../../../nodes/CallPage/CallPage.node';
import { CallRules } from '../../../nodes/CallRules/CallRules.node';
import { WeComCustomerService } from '../../../nodes/WeCom/WeComCustomerService.node';
import { Yeastar } from '../../../nodes/Yeastar/Yeastar.node';
import { YeastarTrigger } from '../../../nodes/Yeastar/YeastarTrigger.node';
import { YeastarWebhookTrigger } from '../../../nodes/Yeastar/YeastarWebhookTrigger.node';
import { WeComCustomerServiceTrigger } from '../../../nodes/WeCom/WeComCustomerServiceTrigger.node';
import { ZohoCrmTelephony } from '../../../nodes/Zoho/ZohoCrmTelephony.node';
import { ZohoCrmTrigger } from '../../../nodes/Zoho/ZohoCrmTrigger.node';
import { ZohoDesk } from '../../../nodes/Zoho/ZohoDesk.node';
import { ZohoDeskTrigger } from '../../../nodes/Zoho/ZohoDeskTrigger.node';
import { allParameters, screensOf } from '../../package/shownParameters.mts';
import { callFields } from './callFields.mts';
import { codesIn, readDocument, sectionOf, type Document } from './markdown.mts';
import { shownDefault } from './shownDefault.mts';
import { linkedAnchors, sourceText } from './sourceTexts.mts';

const english = readDocument('README.md');
const chinese = readDocument('README.zh-CN.md');

/** Titles and words that differ; those of the nodes are their names in both. */
const languages = [
	{
		file: 'README.md',
		readme: english,
		call: 'The call, field by field',
		help: ['Troubleshooting', 'Connecting WeCom'],
		words: { on: 'On', off: 'Off', none: 'none', empty: 'empty' },
	},
	{
		file: 'README.zh-CN.md',
		readme: chinese,
		call: '通话的字段',
		help: ['故障排查', '连接 WeCom'],
		words: { on: '开', off: '关', none: '无', empty: '空' },
	},
];

const actionNodes = [
	new CallPage(),
	new Yeastar(),
	new ZohoCrmTelephony(),
	new ZohoDesk(),
	new WeComCustomerService(),
].map(({ description }) => description);
const nodesWithParameterTable = [
	new CallRules(),
	new YeastarTrigger(),
	new YeastarWebhookTrigger(),
	new WeComCustomerServiceTrigger(),
	new ZohoCrmTrigger(),
	new ZohoDeskTrigger(),
].map(({ description }) => description);

/** By the way to them, without the node's name in front, such as `Options > Catch Up (Hours)`. */
function parametersOf({ displayName, properties }: INodeTypeDescription) {
	return allParameters(properties, displayName)
		.filter(({ parameter }) => parameter.type !== 'notice')
		.map(({ path, parameter }) => ({ name: path.slice(displayName.length + 3), parameter }));
}

function rowsOf(readme: Document, title: string, columns: number): string[][] {
	const tables = sectionOf(readme, title).tables;
	return tables.filter(({ header }) => header.length === columns).flatMap(({ rows }) => rows);
}

describe.each(languages)('$file', ({ readme, call, help, words }) => {
	it.each(actionNodes)('has one line for each operation of $displayName', (description) => {
		const operations = screensOf(description).map(({ name }) =>
			name.split(' > ').slice(1).join(' > '),
		);
		const [table] = sectionOf(readme, description.displayName).tables;
		expect(table.rows.map(([resource, operation]) => `${resource} > ${operation}`)).toEqual(
			operations,
		);
		expect(table.rows.filter(([, , text]) => !text)).toEqual([]);
	});

	it.each(nodesWithParameterTable)('has each parameter of $displayName', (description) => {
		const told = rowsOf(readme, description.displayName, 3).map(([name]) => name);
		const parameters = parametersOf(description);
		// A collection is only a frame around its entries, so it may go without a row of its own.
		const untold = parameters.filter(
			({ name, parameter }) => !told.includes(name) && parameter.type !== 'collection',
		);
		expect(untold.map(({ name }) => name)).toEqual([]);
		expect(told.filter((name) => !parameters.some((each) => each.name === name))).toEqual([]);
	});

	it.each(nodesWithParameterTable)('tells the defaults of $displayName', (description) => {
		const told = rowsOf(readme, description.displayName, 3).map(([name, value]) => [name, value]);
		const real = parametersOf(description)
			.filter(({ name }) => told.some(([toldName]) => toldName === name))
			.map(({ name, parameter }) => [name, shownDefault(parameter, words)]);
		expect(told).toEqual(real);
	});

	it('has each field of a call', () => {
		const [table] = sectionOf(readme, call).tables;
		const told = table.rows.flatMap(([field]) => codesIn(field));
		expect(callFields().filter((field) => !told.includes(field))).toEqual([]);
		const ofTrigger = ['event', 'attempt'];
		const known = [...ofTrigger, ...callFields()];
		expect(told.filter((field) => !known.includes(field))).toEqual([]);
	});

	it('quotes messages that exist', () => {
		const sources = sourceText();
		const rows = help.flatMap((title) => sectionOf(readme, title).tables[0].rows);
		const quoted = rows.flatMap(([message]) => codesIn(message));
		expect(quoted).toHaveLength(rows.length);
		const fragments = quoted.flatMap((message) => message.split('…').map((part) => part.trim()));
		expect(fragments.filter((fragment) => !sources.includes(fragment))).toEqual([]);
	});
});

it('README.md has every anchor that nodes and credentials link to', () => {
	const anchors = english.sections.map(({ anchor }) => anchor);
	expect(linkedAnchors().length).toBeGreaterThan(0);
	expect(linkedAnchors().filter((anchor) => !anchors.includes(anchor))).toEqual([]);
});

it('README.zh-CN.md has the same sections, with the same tables', () => {
	const plan = ({ sections }: Document) =>
		sections.map(({ level, tables }) => ({
			level,
			tables: tables.map(({ header, rows }) => `${header.length} × ${rows.length}`),
		}));
	expect(plan(chinese)).toEqual(plan(english));
});

describe.each([
	'README.md',
	'README.zh-CN.md',
	'CHANGELOG.md',
	'CONTRIBUTING.md',
	'test/README.md',
	'test/simulators/yeastar/README.md',
	'test/simulators/zoho/README.md',
])('%s', (file) => {
	it('links to files and sections that exist', () => {
		const document = readDocument(file);
		const lost = document.links
			.filter((link) => !/^[a-z]+:/.test(link))
			.filter((link) => {
				const [path, anchor] = link.split('#');
				const target = path === '' ? file : normalize(join(dirname(file), path));
				if (!existsSync(join(process.cwd(), target))) return true;
				return (
					anchor !== undefined &&
					!readDocument(target).sections.some((section) => section.anchor === decodeURI(anchor))
				);
			});
		expect(lost).toEqual([]);
	});
});
