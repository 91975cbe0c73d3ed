import { accountPages } from './account.pages';
import { accountsPages } from './accounts.pages';
import { bulkAssignPages } from './bulk-assign.pages';
import { callbackPages } from './callbacks.pages';
import { campaignActPages } from './campaign-act.pages';
import { campaignBoardPages } from './campaign-board.pages';
import { campaignCostsPages } from './campaign-costs.pages';
import { campaignEditPages } from './campaign-edit.pages';
import { campaignLivePages } from './campaign-live.pages';
import { campaignLookPages } from './campaign-look.pages';
import { campaignPlacesPages } from './campaign-places.pages';
import { campaignTemplatesPages } from './campaign-templates.pages';
import { campaignPages } from './campaign.pages';
import { campaignsPages } from './campaigns.pages';
import { complaintPages } from './complaint.pages';
import { complaintsPages } from './complaints.pages';
import { correctionPages } from './corrections.pages';
import { fileForPages } from './file-for.pages';
import { gatheringPages } from './gatherings.pages';
import { householdsPages } from './households.pages';
import { inboxActPages } from './inbox-acts.pages';
import { linkPages } from './link.pages';
import { ownAccountPages } from './own-account.pages';
import { ownListPages } from './own-lists.pages';
import { paymentPages } from './payments.pages';
import { phoneChangePages } from './phone-changes.pages';
import { referralPages } from './referrals.pages';
import { auditPages } from './audit.pages';
import { inboundPages } from './inbound.pages';
import { figuresPages } from './figures.pages';
import { menuFiguresPages } from './menu-figures.pages';
import { registerPages } from './register.pages';
import type { Route } from './route';
import { secondFactorPages } from './second-factor.pages';
import { sealedPages } from './sealed.pages';
import { sealedReadersPages } from './sealed-readers.pages';
import { signInPages } from './sign-in.pages';
import { startPages } from './start.pages';

/** Every address of the console; of two that fit, the first answers. */
export const routes: readonly Route[] = [
  ...signInPages,
  ...secondFactorPages,
  ...linkPages,
  ...startPages,
  ...ownAccountPages,
  ...accountsPages,
  ...accountPages,
  ...complaintsPages,
  ...inboxActPages,
  ...bulkAssignPages,
  ...fileForPages,
  ...complaintPages,
  ...callbackPages,
  ...phoneChangePages,
  ...correctionPages,
  ...householdsPages,
  ...referralPages,
  ...paymentPages,
  ...ownListPages,
  ...gatheringPages,
  ...campaignsPages,
  ...campaignTemplatesPages,
  ...campaignCostsPages,
  ...campaignEditPages,
  ...campaignPages,
  ...campaignActPages,
  ...campaignPlacesPages,
  ...campaignLookPages,
  ...campaignLivePages,
  ...campaignBoardPages,
  ...figuresPages,
  ...menuFiguresPages,
  ...registerPages,
  ...auditPages,
  ...inboundPages,
  ...sealedPages,
  ...sealedReadersPages,
];
