import type { ApiAnswer, ApiRequest, EntryBody } from '../apiMessage.mts';
import { errorBody, refuse, statusOfEntries, successBody } from '../apiMessage.mts';
import type { Crm } from '../crm.mts';
import { moduleNamed } from '../crm.mts';
import { answerList } from './recordReadRoutes.mts';
import type { StoredRecord } from './recordStore.mts';
import { insertRecord, recordsIn, updateRecord } from './recordWriting.mts';
import { relatedListsOf } from './relatedLists.mts';
import type { PathValues, Route } from '../route.mts';
import { moduleScope } from '../route.mts';

const noteScope = (operation: string) => () => [moduleScope('Notes', operation)];

export const relatedListRoutes: Route[] = [
	{
		method: 'GET',
		path: '/{module}/{id}/{list}',
		scopes: ({ module, list }) => [moduleScope(module, 'READ'), moduleScope(list, 'READ')],
		handle: listRelated,
	},
	{ method: 'GET', path: '/{module}/{id}/Notes', scopes: noteScope('READ'), handle: listNotes },
	{ method: 'POST', path: '/{module}/{id}/Notes', scopes: noteScope('CREATE'), handle: addNotes },
	{
		method: 'PUT',
		path: '/{module}/{id}/Notes/{note}',
		scopes: noteScope('UPDATE'),
		handle: updateNote,
	},
	{
		method: 'DELETE',
		path: '/{module}/{id}/Notes/{note}',
		scopes: noteScope('DELETE'),
		handle: deleteNote,
	},
];

function listRelated(crm: Crm, request: ApiRequest, path: PathValues): ApiAnswer {
	const record = parentRecord(crm, path);
	const list = relatedListsOf(crm, moduleNamed(crm, path.module)).find(
		({ apiName }) => apiName === path.list,
	);
	if (!list) {
		return refuse(400, 'INVALID_DATA', 'the related list name given seems to be invalid', {
			resource_path_index: 2,
		});
	}
	const related = crm.store
		.all(list.module.apiName)
		.filter((each) => list.through.some((name) => pointsTo(each, name, record)));
	return answerList(crm, request, related);
}

function listNotes(crm: Crm, request: ApiRequest, path: PathValues): ApiAnswer {
	return listRelated(crm, request, { ...path, list: 'Notes' });
}

function addNotes(crm: Crm, request: ApiRequest, path: PathValues): ApiAnswer {
	const parent = parentRecord(crm, path);
	const notes = moduleNamed(crm, 'Notes');
	const parentId = { id: parent.id, module: { api_name: parent.module } };
	const entries = recordsIn(request).map((sent, index) =>
		insertRecord(crm, notes, { ...sent, Parent_Id: parentId }, request.token.userId, index),
	);
	return { status: statusOfEntries(entries, 201), body: { data: entries } };
}

function updateNote(crm: Crm, request: ApiRequest, path: PathValues): ApiAnswer {
	const [sent] = recordsIn(request);
	const notes = moduleNamed(crm, 'Notes');
	return oneEntry(updateRecord(crm, notes, noteOf(crm, path), sent, request.token.userId, 0));
}

function deleteNote(crm: Crm, request: ApiRequest, path: PathValues): ApiAnswer {
	const note = noteOf(crm, path);
	if (!note) {
		return oneEntry(errorBody('INVALID_DATA', 'record not deleted', { id: path.note }));
	}
	crm.store.remove(note, request.token.userId, crm.now());
	return oneEntry(successBody('record deleted', { id: note.id }));
}

function noteOf(crm: Crm, path: PathValues): StoredRecord | undefined {
	const note = crm.store.get('Notes', path.note);
	return note && pointsTo(note, 'Parent_Id', parentRecord(crm, path)) ? note : undefined;
}

function parentRecord(crm: Crm, path: PathValues): StoredRecord {
	const module = moduleNamed(crm, path.module);
	return (
		crm.store.get(module.apiName, path.id) ??
		refuse(400, 'INVALID_DATA', 'the id given seems to be invalid', { resource_path_index: 1 })
	);
}

function pointsTo(record: StoredRecord, lookupName: string, target: StoredRecord): boolean {
	const lookup = record.fields[lookupName] as { id: string; module: string } | null | undefined;
	return lookup?.id === target.id && lookup.module === target.module;
}

function oneEntry(entry: EntryBody): ApiAnswer {
	return { status: statusOfEntries([entry], 200), body: { data: [entry] } };
}
