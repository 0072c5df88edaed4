import type { ApiAnswer, ApiRequest } from '../apiMessage.mts';
import { errorBody, isObject, refuse, statusOfEntries, successBody } from '../apiMessage.mts';
import type { Crm } from '../crm.mts';
import { moduleNamed } from '../crm.mts';
import { showRecord } from './recordView.mts';
import type { PathValues, Route } from '../route.mts';
import { moduleScope } from '../route.mts';

const MOST_IDS = 500;
const LONGEST_NAME = 25;

const scopes = ({ module }: PathValues) => [moduleScope(module, 'UPDATE')];

export const tagRoutes: Route[] = [
	{ method: 'POST', path: '/{module}/actions/add_tags', scopes, handle: changeTags(addTags) },
	{ method: 'POST', path: '/{module}/actions/remove_tags', scopes, handle: changeTags(removeTags) },
	{ method: 'POST', path: '/{module}/{id}/actions/add_tags', scopes, handle: changeTags(addTags) },
	{
		method: 'POST',
		path: '/{module}/{id}/actions/remove_tags',
		scopes,
		handle: changeTags(removeTags),
	},
];

type Change = (current: string[], given: string[], overWrite: boolean) => string[];

function addTags(current: string[], given: string[], overWrite: boolean): string[] {
	return overWrite ? given : [...new Set([...current, ...given])];
}

function removeTags(current: string[], given: string[]): string[] {
	return current.filter((name) => !given.includes(name));
}

function changeTags(change: Change) {
	return (crm: Crm, request: ApiRequest, path: PathValues): ApiAnswer => {
		const module = moduleNamed(crm, path.module);
		const { names, ids, overWrite } = readBody(request, path.id);
		const entries = ids.map((id) => {
			const record = crm.store.get(module.apiName, id);
			if (!record) return errorBody('INVALID_DATA', 'the id given seems to be invalid', { id });
			const current = ((record.fields.Tag ?? []) as { name: string }[]).map(({ name }) => name);
			const tags = change(current, names, overWrite);
			crm.store.update(
				record,
				{ Tag: tags.map((name) => ({ name })) },
				crm.now() + crm.settings.indexLagMs,
			);
			return successBody('tags updated successfully', {
				id,
				tags: showRecord(crm, record, ['Tag']).Tag,
			});
		});
		const done = entries.filter(({ status }) => status === 'success').length;
		return {
			status: statusOfEntries(entries, 200),
			body: {
				data: entries,
				wf_scheduler: false,
				success_count: String(done),
				locked_count: '0',
			},
		};
	};
}

function readBody({ body }: ApiRequest, pathId: string | undefined) {
	const { tags, ids, over_write: overWrite } = isObject(body) ? body : {};
	const isTag = (tag: unknown) =>
		isObject(tag) && typeof tag.name === 'string' && tag.name.length <= LONGEST_NAME;
	if (!Array.isArray(tags) || tags.length === 0 || !tags.every(isTag)) {
		refuse(400, 'INVALID_DATA', 'invalid data', { api_name: 'tags', json_path: '$.tags' });
	}
	const given = pathId === undefined ? ids : [pathId];
	if (!Array.isArray(given) || given.length === 0 || given.length > MOST_IDS) {
		refuse(400, 'INVALID_DATA', 'invalid data', { api_name: 'ids', json_path: '$.ids' });
	}
	return {
		names: (tags as { name: string }[]).map(({ name }) => name),
		ids: (given as unknown[]).map(String),
		overWrite: overWrite === true,
	};
}
