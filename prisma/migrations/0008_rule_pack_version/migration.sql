-- AlterTable
ALTER TABLE "audits" ADD COLUMN     "rule_pack_version" INTEGER;
