import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Section {
	/** 1 for the title. */
	level: number;
	title: string;
	/** What GitHub makes of the title for links. */
	anchor: string;
	tables: Table[];
}

export interface Table {
	header: string[];
	rows: string[][];
}

export interface Document {
	text: string;
	sections: Section[];
	/** Targets of links and pictures, in order. */
	links: string[];
}

/** Reads one of the project's documents as GitHub shows it. */
export function readDocument(file: string): Document {
	const text = readFileSync(join(process.cwd(), file), 'utf8');
	const prose = text.replace(/^```[\s\S]*?^```/gm, '');
	return { text, sections: sectionsOf(prose), links: linksOf(prose) };
}

/** The section with this title, without those below it. */
export function sectionOf({ sections }: Document, title: string): Section {
	const found = sections.find((section) => section.title === title);
	if (!found) throw new Error(`There is no section "${title}"`);
	return found;
}

/** The texts in a cell that stand in backticks. */
export function codesIn(cell: string): string[] {
	return [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
}

function sectionsOf(prose: string): Section[] {
	const seen = new Map<string, number>();
	return prose
		.split(/^(?=#{1,6} )/m)
		.filter((part) => part.startsWith('#'))
		.map((part) => {
			const [, marks, title] = /^(#+) (.+)$/m.exec(part) as RegExpExecArray;
			const slug = slugOf(title);
			const times = seen.get(slug) ?? 0;
			seen.set(slug, times + 1);
			return {
				level: marks.length,
				title,
				anchor: times === 0 ? slug : `${slug}-${times}`,
				tables: tablesIn(part),
			};
		});
}

function slugOf(title: string): string {
	return title
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
		.replaceAll(' ', '-');
}

function tablesIn(part: string): Table[] {
	const blocks = part.match(/(?:^\|.*\|$\n?)+/gm) ?? [];
	return blocks.map((block) => {
		const [header, , ...rows] = block.trim().split('\n').map(cellsOf);
		return { header, rows };
	});
}

function cellsOf(line: string): string[] {
	return line
		.slice(1, -1)
		.split(/(?<!\\)\|/)
		.map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function linksOf(prose: string): string[] {
	return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
}
