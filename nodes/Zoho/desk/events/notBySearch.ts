import { ServiceError } from '../../../transport/ServiceError';
import { ZOHO_DESK } from '../../transport/deskErrors';
import { eventTypeNamed, isFoundBySearch, type DeskEventName } from './eventTypes';

/** The chosen events that only a webhook tells. */
export function eventsOnlyByWebhook(events: readonly DeskEventName[]): DeskEventName[] {
	return events.filter((name) => !isFoundBySearch(eventTypeNamed(name)));
}

/**
 * What a person should know about events that cannot be had without a webhook.
 *
 * @param reason why there is no webhook; null if the trigger is set to search only
 * @returns null if a search tells all of them
 */
export function adviceOnLostEvents(
	events: readonly DeskEventName[],
	reason: ServiceError | null,
): ServiceError | null {
	const lost = eventsOnlyByWebhook(events);
	if (lost.length === 0) return null;
	const why = reason ? `${reason.message}, and a` : 'A';
	const rest =
		lost.length === events.length
			? 'Nothing is left that could start the workflow.'
			: 'The other events come by search.';
	return new ServiceError({
		service: ZOHO_DESK,
		kind: 'permission',
		message: `${why} search does not tell of these events: ${lost.map(titleOf).join(', ')}`,
		advice: `${rest} ${reason?.advice ?? 'Set Receive By to Automatic, or choose other events.'}`,
	});
}

/** `commentCreated` is shown as `Comment Created`. */
function titleOf(name: DeskEventName): string {
	return name
		.replace(/^[a-z]/, (letter) => letter.toUpperCase())
		.replace(/([a-z])([A-Z])/g, '$1 $2');
}
