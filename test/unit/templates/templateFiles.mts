import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode, INodeParameters } from 'n8n-workflow';

export interface TemplateNode extends INode {
	parameters: INodeParameters;
}

export interface Template {
	name: string;
	nodes: TemplateNode[];
	/** By name of the node where they start, then by kind, then by output. */
	connections: Record<string, Record<string, Array<TemplateConnection[] | null>>>;
	settings: Record<string, unknown>;
	pinData: Record<string, Array<{ json: Record<string, unknown> }>>;
}

export interface TemplateConnection {
	node: string;
	type: string;
	index: number;
}

/** A connection as a sentence would tell it. */
export interface Wire extends TemplateConnection {
	from: string;
	output: number;
}

const workflowsFolder = join(process.cwd(), 'workflows');

/** File names in `workflows` or in a folder below it, such as `zh-CN`. */
export function templateFiles(folder = ''): string[] {
	return readdirSync(join(workflowsFolder, folder), { withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
		.map(({ name }) => join(folder, name))
		.sort();
}

/** The text of a template; the path is relative to `workflows`. */
export function templateText(file: string): string {
	return readFileSync(join(workflowsFolder, file), 'utf8');
}

export function readTemplate(file: string): Template {
	return JSON.parse(templateText(file)) as Template;
}

export const isNote = ({ type }: TemplateNode) => type === 'n8n-nodes-base.stickyNote';

/** Nodes that do something, notes left out. */
export const workingNodes = ({ nodes }: Template) => nodes.filter((node) => !isNote(node));

export const notesOf = ({ nodes }: Template) => nodes.filter(isNote);

export const noteText = (note: TemplateNode) => String(note.parameters.content);

export function wiresOf({ connections }: Template): Wire[] {
	return Object.entries(connections).flatMap(([from, kinds]) =>
		Object.values(kinds).flatMap((outputs) =>
			outputs.flatMap((targets, output) =>
				(targets ?? []).map((target) => ({ from, output, ...target })),
			),
		),
	);
}

/** Nodes from which the one named can be reached. */
export function nodesBefore(template: Template, name: string): Set<string> {
	const wires = wiresOf(template);
	const before = new Set<string>();
	const visit = (reached: string) => {
		for (const { from, node } of wires) {
			if (node !== reached || before.has(from)) continue;
			before.add(from);
			visit(from);
		}
	};
	visit(name);
	return before;
}
