import type { PlannedObject } from '../../phase';
import { planned } from '../manifest';
import { OBJECTS_PORT } from '../names';
import { resourcesOf, scratch } from '../pods';
import type { Site } from '../site';
import { secretNames } from '../stores';
import { storeSet } from './store-set';
import { claim, claimedVolume } from './volumes';

const SEAWEEDFS_USER = 1000;

export function seaweedFs(site: Site, objects: Extract<Site['objects'], { kind: 'seaweedfs' }>): PlannedObject[] {
  const ready = { tcpSocket: { port: 's3' }, timeoutSeconds: 3 };
  const [service, set] = storeSet(site, {
    component: 'objects',
    port: OBJECTS_PORT,
    portName: 's3',
    user: SEAWEEDFS_USER,
    graceSeconds: 60,
    container: {
      name: 'seaweedfs',
      image: objects.image,
      command: ['weed'],
      // Only S3 is for others: master, volume and filer listen on this pod's own address.
      args: [
        'server',
        '-dir=/data',
        '-ip=127.0.0.1',
        '-ip.bind=127.0.0.1',
        '-master.volumeSizeLimitMB=1024',
        '-volume.max=0',
        '-filer',
        '-s3',
        `-s3.port=${OBJECTS_PORT}`,
        '-s3.ip.bind=0.0.0.0',
        '-s3.config=/etc/seaweedfs/s3.json',
      ],
      ports: [{ name: 's3', containerPort: OBJECTS_PORT, protocol: 'TCP' }],
      resources: resourcesOf(objects.tier),
      startupProbe: { ...ready, periodSeconds: 5, failureThreshold: 60 },
      readinessProbe: { ...ready, periodSeconds: 10, failureThreshold: 3 },
      livenessProbe: { ...ready, periodSeconds: 20, failureThreshold: 6 },
      volumeMounts: [
        { name: 'data', mountPath: '/data' },
        { name: 'tmp', mountPath: '/tmp' },
        { name: 'accounts', mountPath: '/etc/seaweedfs', readOnly: true },
      ],
    },
    volumes: [
      claimedVolume(site, 'objects'),
      scratch('tmp', '1Gi'),
      {
        name: 'accounts',
        secret: {
          secretName: secretNames(site).objects,
          defaultMode: 0o440,
          items: [{ key: 's3.json', path: 's3.json' }],
        },
      },
    ],
  });
  return [
    planned(claim(site, 'objects', objects.size, objects.storageClass), 'bound', 'volume'),
    planned(service, 'present', 'objects'),
    planned(set, 'rolled-out', 'objects'),
  ];
}
