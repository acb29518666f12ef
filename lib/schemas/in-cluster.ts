/** In place of the path of a kubeconfig: the account of the pod. */
export const IN_CLUSTER = 'in-cluster';
