/**
 * A small stand-in for the contexts that n8n gives to nodes, for tests of whole nodes against the simulators.
 *
 * ```ts
 * const { items, hints } = await runNode(new Yeastar(), {
 * 	parameters: { resource: 'extension', operation: 'getMany', returnAll: true },
 * 	credentials: { yeastarApi: { baseUrl, clientId, clientSecret } },
 * 	items: [{ anything: 'that expressions read as $json' }],
 * });
 * ```
 *
 * As in n8n: parameters that are not given have the default of the description, expressions (`={{ ... }}`) are
 * evaluated per item, hidden parameters do not exist, and a node with missing or invalid parameters does not run.
 * Stricter than n8n: a parameter that the node does not have at that place is refused, so that tests cannot misspell.
 */
import { get } from 'lodash';
import {
	type ICredentialDataDecryptedObject,
	type IBinaryData,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeProperties,
	type INodeType,
	type NodeExecutionHint,
	type NodeParameterValueType,
	NodeHelpers,
	NodeOperationError,
	Workflow,
} from 'n8n-workflow';
import { httpRequest, httpRequestWithOAuth2 } from './n8nRequests.mts';

export interface NodeSetup {
	/** As in a workflow's JSON. */
	parameters?: INodeParameters;
	/** By credential type. A renewed OAuth2 token is written into the object given here. */
	credentials?: Record<string, ICredentialDataDecryptedObject>;
	/** The JSON of the input items; one empty item if absent. */
	items?: IDataObject[];
	/** The files of the input items, by field, in the order of the items. */
	binaries?: Array<Record<string, IBinaryData>>;
	/** The node's setting On Error = Continue. */
	continueOnFail?: boolean;
	/** The same for each try of the node in one execution; by default every run is an execution of its own. */
	executionId?: string;
	/** Aborted when somebody stops the execution. */
	cancelSignal?: AbortSignal;
	/** Kept between runs by the caller, as n8n keeps it between executions. */
	staticData?: IDataObject;
}

export interface NodeRun {
	/** The items of the first output. */
	items: INodeExecutionData[];
	/** The items of each output. */
	outputs: INodeExecutionData[][];
	/** What the node showed above its output. */
	hints: NodeExecutionHint[];
	/** What it told the editor while it ran. */
	messages: unknown[];
}

/** Runs an action node as n8n would; rejects with what the node throws. */
export async function runNode(nodeType: INodeType, setup: NodeSetup = {}): Promise<NodeRun> {
	const hints: NodeExecutionHint[] = [];
	const messages: unknown[] = [];
	const context = executeContext(nodeType, setup, hints, messages);
	const result = await nodeType.execute?.call(context);
	const outputs = (result ?? []) as INodeExecutionData[][];
	return { items: outputs[0] ?? [], outputs, hints, messages };
}

/** What `execute` gets as `this`; hints are pushed onto `hints`, words to the editor onto `messages`. */
export function executeContext(
	nodeType: INodeType,
	setup: NodeSetup,
	hints: NodeExecutionHint[] = [],
	messages: unknown[] = [],
): IExecuteFunctions {
	const { node, inputItems, parameter, shared } = nodeBasics(nodeType, setup);
	refuseInvalid(nodeType, node);
	return {
		...shared,
		getInputData: () => inputItems,
		getNodeParameter: (
			name: string,
			itemIndex: number,
			fallback?: unknown,
			options?: ParameterOptions,
		) => parameter(name, itemIndex, fallback, options),
		continueOnFail: () => setup.continueOnFail ?? false,
		addExecutionHints: (...added: NodeExecutionHint[]) => hints.push(...added),
		sendMessageToUI: (message: unknown) => messages.push(message),
		getExecutionCancelSignal: () => setup.cancelSignal,
		isToolExecution: () => false,
	} as unknown as IExecuteFunctions;
}

/** What list searches, option loaders and resource mappings get as `this`. */
export function loadOptionsContext(nodeType: INodeType, setup: NodeSetup): ILoadOptionsFunctions {
	const { node, parameter, shared } = nodeBasics(nodeType, setup);
	return {
		...shared,
		getNodeParameter: (name: string, fallback?: unknown, options?: ParameterOptions) =>
			parameter(name, 0, fallback, options),
		getCurrentNodeParameter: (name: string, options?: ParameterOptions) =>
			get(node.parameters, name) === undefined ? undefined : parameter(name, 0, undefined, options),
		getCurrentNodeParameters: () => node.parameters,
	} as unknown as ILoadOptionsFunctions;
}

interface ParameterOptions {
	extractValue?: boolean;
	ensureType?: 'string' | 'number' | 'boolean' | 'object' | 'array' | 'json';
}

let executionCount = 0;

function nodeBasics(nodeType: INodeType, setup: NodeSetup) {
	const { description } = nodeType;
	const node = nodeWithDefaults(nodeType, setup);
	const inputItems: INodeExecutionData[] = (setup.items ?? [{}]).map((json, index) => ({
		json,
		...(setup.binaries?.[index] ? { binary: setup.binaries[index] } : {}),
	}));
	const workflow = new Workflow({
		id: 'workflow-under-test',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		},
	});
	const staticData = setup.staticData ?? {};
	const executionId = setup.executionId ?? `execution-${++executionCount}`;

	function evaluated(raw: NodeParameterValueType, itemIndex: number): unknown {
		return workflow.expression.getParameterValue(
			raw,
			null,
			0,
			itemIndex,
			node.name,
			inputItems,
			'manual',
			{},
			{ node, data: { main: [inputItems] }, source: null },
		);
	}

	function parameter(
		name: string,
		itemIndex: number,
		fallback?: unknown,
		options: ParameterOptions = {},
	): unknown {
		const raw = get(node.parameters, name, fallback) as NodeParameterValueType | undefined;
		if (raw === undefined) throw new Error(`Could not get parameter "${name}"`);
		const value = evaluated(raw, itemIndex);
		const extracted = options.extractValue
			? extractedValue(value, description.properties, name)
			: value;
		return options.ensureType ? ensured(extracted, options.ensureType) : extracted;
	}

	function credential(type: string): ICredentialDataDecryptedObject {
		const found = setup.credentials?.[type];
		if (!found) throw new Error(`Node does not have any credentials set for "${type}"`);
		return found;
	}

	const silent = () => undefined;
	const shared = {
		getNode: () => structuredClone(node),
		getWorkflow: () => ({ id: workflow.id, name: 'Workflow under test', active: false }),
		getWorkflowStaticData: () => staticData,
		getExecutionId: () => executionId,
		evaluateExpression: (expression: string, itemIndex: number) =>
			evaluated(`=${expression}`, itemIndex),
		getInstanceId: () => 'instance-under-test',
		getInstanceBaseUrl: () => 'http://127.0.0.1:5678/',
		getMode: () => 'manual',
		getTimezone: () => 'UTC',
		getCredentials: async (type: string) => await Promise.resolve(credential(type)),
		logger: { debug: silent, info: silent, warn: silent, error: silent },
		helpers: {
			httpRequest,
			httpRequestWithAuthentication: async (type: string, options: IHttpRequestOptions) =>
				await httpRequestWithOAuth2(node, credential(type), options),
			returnJsonArray: (rows: IDataObject | IDataObject[]) =>
				(Array.isArray(rows) ? rows : [rows]).map((json) => ({ json })),
			constructExecutionMetaData: (
				rows: INodeExecutionData[],
				{ itemData }: { itemData: INodeExecutionData['pairedItem'] },
			) => rows.map((row) => ({ ...row, pairedItem: itemData })),
			prepareBinaryData,
			assertBinaryData: (itemIndex: number, field: string) =>
				binaryIn(node, inputItems[itemIndex], field, itemIndex),
			getBinaryDataBuffer: async (itemIndex: number, field: string) =>
				await Promise.resolve(
					Buffer.from(binaryIn(node, inputItems[itemIndex], field, itemIndex).data, 'base64'),
				),
		},
	};
	return { node, inputItems, parameter, shared };
}

function nodeWithDefaults({ description }: INodeType, setup: NodeSetup): INode {
	const { version, defaultVersion } = description;
	const node: INode = {
		id: '00000000-0000-4000-8000-000000000001',
		name: String(description.defaults.name ?? description.displayName),
		type: `n8n-nodes-callbridge.${description.name}`,
		typeVersion: defaultVersion ?? (Array.isArray(version) ? (version.at(-1) ?? 1) : version),
		position: [0, 0],
		parameters: setup.parameters ?? {},
		credentials: Object.fromEntries(
			Object.keys(setup.credentials ?? {}).map((type) => [type, { id: `${type}-1`, name: type }]),
		),
	};
	const known = NodeHelpers.getNodeParameters(
		description.properties,
		node.parameters,
		true,
		false,
		node,
		description,
	);
	for (const name of Object.keys(node.parameters)) {
		if (known?.[name] === undefined) {
			throw new Error(`${node.name} has no parameter "${name}" with these other parameters`);
		}
	}
	return { ...node, parameters: known ?? {} };
}

function refuseInvalid({ description }: INodeType, node: INode): void {
	const issues = NodeHelpers.getNodeParametersIssues(description.properties, node, description);
	if (issues) throw new Error(`${node.name}: ${NodeHelpers.nodeIssuesToString(issues).join('; ')}`);
}

/** The value of a resource locator, as n8n takes it out: by the mode's regular expression if it has one. */
function extractedValue(value: unknown, properties: INodeProperties[], name: string): unknown {
	if (typeof value !== 'object' || value === null || !('mode' in value && 'value' in value)) {
		return value;
	}
	const modes = properties
		.filter((property) => property.name === name.split('.')[0])
		.flatMap((property) => property.modes ?? []);
	const rule = modes.find((mode) => mode.name === value.mode)?.extractValue;
	if (rule?.type !== 'regex') return value.value;
	const match = new RegExp(String(rule.regex)).exec(String(value.value));
	if (!match) throw new Error(`ERROR: ${name} parameter's value is invalid`);
	return match[1];
}

function ensured(value: unknown, type: NonNullable<ParameterOptions['ensureType']>): unknown {
	if (type === 'string') return typeof value === 'object' ? JSON.stringify(value) : String(value);
	if (type === 'number') return Number(value);
	if (type === 'boolean') return Boolean(value);
	return typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
}

function binaryIn(
	node: INode,
	{ binary }: INodeExecutionData,
	field: string,
	itemIndex: number,
): IBinaryData {
	const found = binary?.[field];
	if (found) return found;
	throw new NodeOperationError(
		node,
		`This operation expects the node's input data to contain a binary file '${field}', but none was found [item ${itemIndex}]`,
		{ itemIndex },
	);
}

export async function prepareBinaryData(
	bytes: Buffer,
	fileName?: string,
	mimeType?: string,
): Promise<IBinaryData> {
	return await Promise.resolve({
		data: bytes.toString('base64'),
		mimeType: mimeType ?? 'application/octet-stream',
		fileName,
		fileExtension: fileName?.split('.').at(-1),
		fileSize: `${bytes.length} B`,
		bytes: bytes.length,
	});
}
