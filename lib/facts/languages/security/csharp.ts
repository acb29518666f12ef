import type { SecurityTable } from './types';

export const csharpSecurity: SecurityTable = {
  calls: [
    {
      form: 'deserialise',
      callee:
        /(?:^|[.(])(?:new(?:BinaryFormatter|NetDataContractSerializer|SoapFormatter|LosFormatter|ObjectStateFormatter)\([^)]{0,80}\)\)?|(?:binary|bin|soap|los)?_?[fF]ormatter|binaryFormatter|bf)\.Deserialize$/,
      imported: /^System\.Runtime\.Serialization\.Formatters\b|^System\.Web\.UI$|^System\.Runtime\.Serialization$/,
    },
    { form: 'deserialise', callee: /^(?:\w+\.)*JavaScriptSerializer$/, given: /\bSimpleTypeResolver\b/ },
    {
      form: 'weak-hash',
      callee:
        /^(?:\w+\.)*(?:MD5|SHA1)\.(?:Create|HashData)$|^(?:\w+\.)*(?:MD5|SHA1)(?:CryptoServiceProvider|Managed|Cng)$/,
      secretForm: 'secret-hash',
    },
    {
      form: 'weak-cipher',
      callee:
        /^(?:\w+\.)*(?:DES|TripleDES|RC2)\.Create$|^(?:\w+\.)*(?:DES|TripleDES|RC2)(?:CryptoServiceProvider|Cng)$/,
    },
    {
      form: 'weak-key',
      callee: /^(?:\w+\.)*(?:RSACryptoServiceProvider|RSA\.Create)$/,
      given: /^\(\s*(?:512|768|1024)\s*\)$/,
    },
    {
      form: 'secret-random',
      callee: /^(?:Random\.Shared|\w{0,30}[rR]andom|_?rng|rnd|_?rand)\.Next(?:Bytes|Double|Int64)?$/,
      needsSecret: true,
    },
    { form: 'raw-markup', callee: /^(?:@?Html)\.Raw$/, needsVariable: true },
    { form: 'any-origin-credentials', callee: /(?:^|\.)SetIsOriginAllowed$/, given: /=>\s*true\s*\)$/ },
    { form: 'any-origin', callee: /(?:^|\.)AllowAnyOrigin$/ },
    {
      form: 'input-path',
      callee: /^(?:System\.IO\.)?File\.(?:ReadAll\w{1,12}|WriteAll\w{1,12}|Open\w{0,8}|Delete|Create)$/,
      given: /\bRequest\.(?:Query|Form|Params|QueryString|Headers)\b/,
      unless: /\bGetFileName\b/,
    },
  ],
  settings: [
    {
      form: 'tls-unverified',
      text: /\bServerCertificate(?:Custom)?ValidationCallback\s{0,5}\+?=\s{0,20}(?:\([\w\s,?]{0,120}\)|\w{1,30}|delegate\s{0,3}(?:\([^()]{0,200}\))?)\s{0,5}(?:=>)?\s{0,5}(?:\{\s{0,20}return\s)?\s{0,3}true\b/g,
    },
    {
      form: 'tls-unverified',
      text: /\bDangerousAcceptAnyServerCertificateValidator\b/g,
    },
    {
      form: 'deserialise',
      text: /\bTypeNameHandling\s{0,5}=\s{0,5}(?:\w+\.){0,3}TypeNameHandling\.(?:All|Auto|Objects|Arrays)\b/g,
    },
    { form: 'weak-mode', text: /\bMode\s{0,3}=\s{0,3}CipherMode\.ECB\b/g },
  ],
  sql: { join: /^\+$/, format: /^[sS]tring\.Format$/, hole: /\{\d{1,2}\}/ },
};
