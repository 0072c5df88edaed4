import {
	notesOf,
	noteText,
	readTemplate,
	templateFiles,
	workingNodes,
	type TemplateNode,
} from './templateFiles.mts';
import { countWords, hasChinese } from './templateStrings.mts';

const WHITE = 7;

const languages = [
	{ folder: '', howItWorks: '### How it works', setup: '### Setup' },
	{ folder: 'zh-CN', howItWorks: '### 工作原理', setup: '### 设置步骤' },
];
const cases = languages.flatMap((language) =>
	templateFiles(language.folder).map((file) => ({ file, ...language })),
);

const right = ({ position, parameters }: TemplateNode) => position[0] + Number(parameters.width);
const bottom = ({ position, parameters }: TemplateNode) => position[1] + Number(parameters.height);

const overlap = (one: TemplateNode, other: TemplateNode) =>
	one.position[0] < right(other) &&
	other.position[0] < right(one) &&
	one.position[1] < bottom(other) &&
	other.position[1] < bottom(one);

/** Nodes are drawn as squares of this size, their name below. */
const NODE_SIZE = 96;

describe.each(cases)('the notes of $file', ({ file, howItWorks, setup }) => {
	const template = readTemplate(file);
	const notes = notesOf(template);
	const mainNotes = notes.filter(({ parameters }) => parameters.color === undefined);
	const [main] = mainNotes;
	const sections = notes.filter((note) => note !== main);

	it('are one main note and white ones', () => {
		expect(mainNotes).toHaveLength(1);
		expect(sections.length).toBeGreaterThan(0);
		expect(sections.filter(({ parameters }) => parameters.color !== WHITE)).toEqual([]);
	});

	it('begin in the top left corner with how it works and how to set it up', () => {
		const others = template.nodes.filter((node) => node !== main);
		expect(right(main)).toBeLessThanOrEqual(Math.min(...others.map(({ position }) => position[0])));
		expect(main.position[1]).toBe(Math.min(...template.nodes.map(({ position }) => position[1])));
		const headings = noteText(main)
			.split('\n')
			.filter((line) => line.startsWith('#'));
		expect(headings.slice(0, 2)).toEqual([howItWorks, setup]);
	});

	it('have a length that people read', () => {
		const words = countWords(noteText(main));
		expect(words).toBeGreaterThanOrEqual(60);
		expect(words).toBeLessThanOrEqual(300);
		const long = sections.filter((note) => countWords(noteText(note)) > 50);
		expect(long.map(({ name }) => name)).toEqual([]);
		const nameless = sections.filter((note) => !noteText(note).startsWith('## '));
		expect(nameless.map(({ name }) => name)).toEqual([]);
	});

	it('do not cover each other', () => {
		const covered = notes.flatMap((one, index) =>
			notes
				.slice(index + 1)
				.filter((other) => overlap(one, other))
				.map((other) => `${one.name} and ${other.name}`),
		);
		expect(covered).toEqual([]);
	});

	it('have every node on them', () => {
		const outside = workingNodes(template).filter(
			({ position: [x, y] }) =>
				!sections.some(
					(note) =>
						x >= note.position[0] &&
						y >= note.position[1] &&
						x + NODE_SIZE <= right(note) &&
						y + NODE_SIZE <= bottom(note),
				),
		);
		const starts = /trigger$/i;
		expect(outside.filter(({ type }) => !starts.test(type)).map(({ name }) => name)).toEqual([]);
	});
});

describe.each(templateFiles())('%s', (file) => {
	const template = readTemplate(file);
	const nodes = workingNodes(template);

	it('names triggers by when they start, and nodes by what they do', () => {
		const verbs =
			'Add|Apply|Attach|Build|Check|Close|Create|Delete|Download|Find|Get|Keep|List|Log|Loop|Pass|Save|Say|Send|Set|Tell|Write';
		const wrong = nodes.filter(
			({ name }) => !new RegExp(`^(When|${verbs}) [A-Za-z -]+$`).test(name),
		);
		expect(wrong.map(({ name }) => name)).toEqual([]);
	});

	it('speaks of nodes by the names that they have', () => {
		const names = new Set(nodes.map(({ name }) => name));
		// Words of n8n's own screens and of the nodes' settings.
		const words = ['Execute workflow', 'Data tables', 'Error workflow', 'Recording Link'];
		const wrong = notesOf(template)
			.flatMap((note) => [...noteText(note).matchAll(/\*\*([A-Z][^*]*)\*\*/g)])
			.map(([, bold]) => bold)
			.filter((bold) => !names.has(bold) && !words.includes(bold));
		expect(wrong).toEqual([]);
	});
});

it.each(templateFiles('zh-CN'))('all notes of %s are in Chinese', (file) => {
	const foreign = notesOf(readTemplate(file)).filter((note) => !hasChinese(noteText(note)));
	expect(foreign.map(({ name }) => name)).toEqual([]);
});
