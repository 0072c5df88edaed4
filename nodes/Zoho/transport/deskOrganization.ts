import { ServiceError } from '../../transport/ServiceError';
import { timedCache } from '../../transport/timedCache';
import { ZOHO_DESK } from './deskErrors';

/** The parts of an organisation (Zoho also says portal) that this package uses. */
export interface DeskOrganization {
	id: string;
	companyName?: string;
	portalName?: string;
}

const ORGANIZATION_MAX_AGE_MS = 3_600_000;
const cached = timedCache<DeskOrganization>(ORGANIZATION_MAX_AGE_MS);

/**
 * The id of the organisation, if the connected user belongs to one only. Asked once an hour.
 *
 * @param connectionKey one value per connected credential
 * @throws ServiceError that names the organisations if there are several: a person has to choose
 */
export async function onlyOrganization(
	connectionKey: string,
	organizations: () => Promise<DeskOrganization[]>,
): Promise<string> {
	const organization = await cached(connectionKey, async () => {
		const [first, ...others] = await organizations();
		if (!first) throw noOrganization();
		if (others.length > 0) throw severalOrganizations([first, ...others]);
		return first;
	});
	return String(organization.id);
}

function noOrganization(): ServiceError {
	return new ServiceError({
		service: ZOHO_DESK,
		kind: 'permission',
		message: 'The connected Zoho user belongs to no organisation of Zoho Desk',
		advice:
			'Have a Zoho Desk administrator add that user as an agent, or connect the credential with another user.',
	});
}

function severalOrganizations(organizations: readonly DeskOrganization[]): ServiceError {
	const named = organizations.map(
		({ id, companyName, portalName }) => `${companyName || portalName || 'unnamed'} (${id})`,
	);
	return new ServiceError({
		service: ZOHO_DESK,
		kind: 'refused',
		message: `The connected Zoho user belongs to ${named.length} organisations of Zoho Desk: ${named.join(', ')}`,
		advice:
			'Write the number of the one that is meant into the field Desk Organization ID of the credential.',
	});
}
