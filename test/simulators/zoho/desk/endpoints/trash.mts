import type { DeskRequest } from '../apiMessage.mts';
import { fieldError, refuseFields, refuseIfAny } from '../apiMessage.mts';
import { bodyOf } from '../fields/checkFields.mts';
import type { DeskModule } from '../fields/layouts.mts';
import { recordFor } from '../records/permissions.mts';
import { unknownNames } from '../records/parts.mts';
import { actorOf, remove } from '../records/writing.mts';
import type { DeskRoute } from '../route.mts';
import { scopesOf } from './moduleScopes.mts';

/**
 * `POST /{module}/moveToTrash`, 204, six credits; there is no DELETE (zoho-desk.md, 3.2 and 14).
 *
 * @param key the name of the list of ids, which each module has of its own
 */
export function trashRoute(module: DeskModule, key: string): DeskRoute {
	return {
		method: 'POST',
		path: `/${module}/moveToTrash`,
		scopes: scopesOf(module, 'DELETE'),
		weight: 6,
		...(module === 'calls' && { feature: 'calls' as const }),
		handle(portal, request) {
			const actor = actorOf(portal, request);
			const records = idsIn(request, key).map((id) => recordFor(portal, request.agent, module, id));
			for (const record of records) remove(portal, actor, record);
			return { status: 204 };
		},
	};
}

/** @throws DeskRefusal if the body has anything but this list of ids */
export function idsIn(request: DeskRequest, key: string): string[] {
	const body = bodyOf(request.body);
	refuseIfAny(unknownNames(body, [key]));
	const ids = body[key];
	if (Array.isArray(ids) && ids.length > 0 && ids.every((id) => typeof id === 'string')) return ids;
	return refuseFields([fieldError(key, ids === undefined ? 'missing' : 'invalid')]);
}
