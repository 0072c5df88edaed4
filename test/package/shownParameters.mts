import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

/** A parameter with the way to it, such as `Caller > Find > Options > Limit`. */
export interface PlacedParameter {
	path: string;
	parameter: INodeProperties;
}

const isChoice = (option: unknown): option is INodePropertyOptions =>
	typeof option === 'object' && option !== null && 'value' in option;

const isParameter = (option: unknown): option is INodeProperties =>
	typeof option === 'object' && option !== null && 'type' in option && 'displayName' in option;

/** Every parameter, those within collections too. */
export function allParameters(parameters: INodeProperties[], parent: string): PlacedParameter[] {
	return parameters.flatMap((parameter) => {
		const path = `${parent} > ${parameter.displayName}`;
		const inner = (parameter.options ?? []).flatMap((option) => {
			if (isParameter(option)) return allParameters([option], path);
			if ('values' in option) return allParameters(option.values, path);
			return [];
		});
		return [{ path, parameter }, ...inner];
	});
}

export function choicesOf(parameter: INodeProperties): INodePropertyOptions[] {
	return (parameter.options ?? []).filter(isChoice);
}

function isShown(parameter: INodeProperties, values: Record<string, string>): boolean {
	const { show = {}, hide = {} } = parameter.displayOptions ?? {};
	const holds = ([name, accepted]: [string, unknown]) =>
		!(name in values) || !Array.isArray(accepted) || accepted.includes(values[name]);
	const refuses = ([name, accepted]: [string, unknown]) =>
		name in values && Array.isArray(accepted) && accepted.includes(values[name]);
	return Object.entries(show).every(holds) && !Object.entries(hide).some(refuses);
}

export interface Screen {
	/** `Node > Resource > Operation`. */
	name: string;
	parameters: INodeProperties[];
}

/** What a person may see at once: one screen per resource and operation, or the one of a node without them. */
export function screensOf({ displayName, properties }: INodeTypeDescription): Screen[] {
	const resource = properties.find(({ name }) => name === 'resource');
	if (!resource) return [{ name: displayName, parameters: properties }];
	return choicesOf(resource).flatMap((chosenResource) => {
		const ofResource = { resource: String(chosenResource.value) };
		const operations = properties.filter(
			(parameter) => parameter.name === 'operation' && isShown(parameter, ofResource),
		);
		return operations.flatMap(choicesOf).map((operation) => ({
			name: `${displayName} > ${chosenResource.name} > ${operation.name}`,
			parameters: properties.filter((parameter) =>
				isShown(parameter, { ...ofResource, operation: String(operation.value) }),
			),
		}));
	});
}
