import { azureDevopsDeliveries } from './azure-devops/deliveries';
import { bitbucketCloudDeliveries } from './bitbucket-cloud/deliveries';
import { bitbucketDataCenterDeliveries } from './bitbucket-data-center/deliveries';
import { giteaDeliveries } from './gitea/deliveries';
import { githubDeliveries } from './github/deliveries';
import { gitlabDeliveries } from './gitlab/deliveries';
import type { DeliveryReader, ProviderId } from './provider';

export const DELIVERY_READERS: Readonly<Record<ProviderId, DeliveryReader>> = {
  github: githubDeliveries,
  gitlab: gitlabDeliveries,
  bitbucket_cloud: bitbucketCloudDeliveries,
  bitbucket_data_center: bitbucketDataCenterDeliveries,
  azure_devops: azureDevopsDeliveries,
  gitea: giteaDeliveries,
};
