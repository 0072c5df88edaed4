import { z } from 'zod';
import { invalidParameter } from '../errcodes.mts';
import type { PbxState } from '../pbxState.mts';

export interface EndpointRequest<Query, Body> {
	query: Query;
	body: Body;
	/** The caller's IP address. */
	address: string;
	accessToken: string;
	pbx: PbxState;
}

/** One path of the API: its form and what it does. The answer is merged into the `errcode 0` envelope. */
export interface Endpoint {
	method: 'GET' | 'POST';
	/** Below `/openapi/v1.0/`. */
	path: string;
	needsToken: boolean;
	answer: (request: {
		query: Record<string, unknown>;
		body: unknown;
		address: string;
		accessToken: string;
		pbx: PbxState;
	}) => object | Promise<object>;
}

interface Shape<Q extends z.ZodTypeAny> {
	query?: Q;
	withoutToken?: true;
}

/** A query. Unknown query parameters are ignored, as on a live PBX; wrong values answer 40002. */
export function get<Q extends z.ZodTypeAny>(
	path: string,
	shape: Shape<Q>,
	answer: (request: EndpointRequest<z.output<Q>, undefined>) => object | Promise<object>,
): Endpoint {
	return {
		method: 'GET',
		path,
		needsToken: shape.withoutToken !== true,
		answer: ({ query, ...rest }) =>
			answer({ ...rest, query: read(shape.query ?? z.object({}), query), body: undefined }),
	};
}

/** An action or a change. An unknown body field, a wrong type or a missing field answers 40002. */
export function post<B extends z.ZodTypeAny>(
	path: string,
	shape: { body: B; withoutToken?: true },
	answer: (request: EndpointRequest<unknown, z.output<B>>) => object | Promise<object>,
): Endpoint {
	return {
		method: 'POST',
		path,
		needsToken: shape.withoutToken !== true,
		answer: ({ body, ...rest }) => answer({ ...rest, body: read(shape.body, body) }),
	};
}

function read<T extends z.ZodTypeAny>(schema: T, value: unknown): z.output<T> {
	const result = schema.safeParse(value);
	if (result.success) return result.data as z.output<T>;
	const [issue] = result.error.issues;
	const field =
		issue.code === 'unrecognized_keys' ? issue.keys[0] : String(issue.path[0] ?? 'body');
	throw invalidParameter(field, issue.code);
}

/** A whole number in a query string. */
export const wholeNumber = z.string().regex(/^\d+$/).transform(Number);

/** A list of whole numbers joined by commas. */
export const idList = z
	.string()
	.regex(/^\d+(,\d+)*$/)
	.transform((text) => text.split(',').map(Number));
