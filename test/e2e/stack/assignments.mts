import { readTemplate } from './workflows.mts';

/** The parameters of a template's Set node with other values, as a person types them into it. */
export function withValues(
	template: string,
	nodeName: string,
	values: Record<string, unknown>,
): Record<string, unknown> {
	const node = readTemplate(template).nodes.find(({ name }) => name === nodeName);
	const { assignments } = node?.parameters as {
		assignments: { assignments: Array<{ name: string; value: unknown }> };
	};
	return {
		assignments: {
			assignments: assignments.assignments.map((each) => ({
				...each,
				value: values[each.name] ?? each.value,
			})),
		},
	};
}
