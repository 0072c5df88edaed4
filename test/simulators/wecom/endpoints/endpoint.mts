import { z } from 'zod';
import { invalidParameter, WeComRefusal } from '../errcodes.mts';
import type { App } from '../tokenLedger.mts';
import type { Account, Customer, WeComState } from '../weComState.mts';

export interface EndpointRequest<Input> {
	/** The body of a POST, the query of a GET. */
	input: Input;
	/** The app whose token came with the request. */
	app: App;
	wecom: WeComState;
}

/** One path of the API. The answer is merged into the `errcode 0` envelope. */
export interface Endpoint {
	method: 'GET' | 'POST';
	/** Below `/cgi-bin/`. */
	path: string;
	answer: (request: EndpointRequest<unknown>) => object;
}

/** A query: unknown parameters are ignored, since `access_token` and `debug` are there as well. */
export const get = <Shape extends z.ZodRawShape>(
	path: string,
	shape: Shape,
	answer: (request: EndpointRequest<z.output<z.ZodObject<Shape>>>) => object,
): Endpoint => endpoint('GET', path, z.object(shape), answer);

/** A JSON body; an unknown field, a wrong type or a missing field answers 40058. */
export const post = <Shape extends z.ZodRawShape>(
	path: string,
	shape: Shape,
	answer: (request: EndpointRequest<z.output<z.ZodObject<Shape>>>) => object,
): Endpoint => endpoint('POST', path, z.object(shape).strict(), answer);

/** A JSON body whose form depends on what it holds: the endpoint reads it itself. */
export const postAny = (
	path: string,
	answer: (request: EndpointRequest<Record<string, unknown>>) => object,
): Endpoint => endpoint('POST', path, z.record(z.unknown()), answer);

const endpoint = <Schema extends z.ZodTypeAny>(
	method: Endpoint['method'],
	path: string,
	schema: Schema,
	answer: (request: EndpointRequest<z.output<Schema>>) => object,
): Endpoint => ({
	method,
	path,
	answer: (request) => answer({ ...request, input: read(schema, request.input) }),
});

/**
 * A value in the form that an endpoint asks.
 *
 * @throws WeComRefusal 40058, or the code that a check names as its message
 */
export function read<Schema extends z.ZodTypeAny>(
	schema: Schema,
	value: unknown,
): z.output<Schema> {
	const result = schema.safeParse(value);
	if (result.success) return result.data as z.output<Schema>;
	const [issue] = result.error.issues;
	const path = issue.path.join('.');
	const refusal = refusals.get(issue.message);
	if (refusal !== undefined) throw new WeComRefusal(refusal, path);
	throw invalidParameter(
		issue.code === 'unrecognized_keys' ? [path, issue.keys[0]].filter(Boolean).join('.') : path,
		issue.code === 'unrecognized_keys' ? 'unknown' : issue.message,
	);
}

/** Checks that answer another code than 40058 say so by one of these. */
const refusals = new Map<string, 40063 | 40094 | 44004 | 45002 | 95006>([
	['is empty', 40063],
	['has no content', 44004],
	['has too much content', 45002],
	['has no scheme', 40094],
	['no name for an account', 95006],
]);

/** A text with a limit in bytes of UTF-8 (0). */
export const text = (bytesAtMost: number) =>
	z.string().refine((value) => Buffer.byteLength(value) <= bytesAtMost, {
		message: `longer than ${bytesAtMost} bytes`,
	});

/** A text that must hold something: empty answers 40063. */
export const filledText = (bytesAtMost: number) =>
	z
		.string()
		.refine((value) => value !== '', { message: 'is empty' })
		.pipe(text(bytesAtMost));

export const uint32 = z.number().int().min(0).max(0xffff_ffff);
export const openKfid = filledText(64);
export const userId = filledText(64);

/** @throws WeComRefusal 95000 for something that is no id of an account, 95004 for one of nobody */
export function accountOf(wecom: WeComState, openKfId: string): Account {
	if (!/^wk[\w-]+$/.test(openKfId)) throw new WeComRefusal(95000);
	const account = wecom.accounts.get(openKfId);
	if (account === undefined) throw new WeComRefusal(95004);
	return account;
}

/** The account, if the app may also write to it. @throws WeComRefusal also 48007 */
export function managedAccountOf(wecom: WeComState, app: App, openKfId: string): Account {
	const account = accountOf(wecom, openKfId);
	if (app.permission !== 'manage') throw new WeComRefusal(48002);
	if (!app.managedAccounts.has(openKfId)) throw new WeComRefusal(48007);
	return account;
}

/** @throws WeComRefusal 40096 */
export function customerOf(wecom: WeComState, externalUserId: string): Customer {
	const customer = wecom.customers.get(externalUserId);
	if (customer === undefined) throw new WeComRefusal(40096);
	return customer;
}
