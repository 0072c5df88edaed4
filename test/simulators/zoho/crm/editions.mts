/** As `license_details.paid_type` of `/org` names them. */
export type CrmEdition = 'free' | 'standard' | 'professional' | 'enterprise' | 'ultimate';

/** Section 6.1 of the reference. */
export const CONCURRENT_CALLS: Record<CrmEdition, number> = {
	free: 5,
	standard: 10,
	professional: 15,
	enterprise: 20,
	ultimate: 25,
};
