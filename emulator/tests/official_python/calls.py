"""Calls operations with the official packages and prints what they made of the replies, as JSON by operation.

Arguments: where the emulator is (host and port), the id of an access key, its secret.
"""

import json
import sys

from alibabacloud_dbs20210101 import models as dbs
from alibabacloud_dbs20210101.client import Client as Dbs
from alibabacloud_dms_enterprise20181101 import models as dms
from alibabacloud_dms_enterprise20181101.client import Client as Dms
from alibabacloud_oceanbasepro20190901 import models as oceanbase
from alibabacloud_oceanbasepro20190901.client import Client as OceanBase
from alibabacloud_tea_openapi.models import Config


def replies(endpoint, access_key_id, access_key_secret):
    def config():
        return Config(
            access_key_id=access_key_id,
            access_key_secret=access_key_secret,
            endpoint=endpoint,
            protocol="http",
            region_id="cn-hangzhou",
        )

    tickets, backups, downloads = Dms(config()), OceanBase(config()), Dbs(config())
    # An alphabetic list, as the packages name the methods.
    yield "DescribeBackupSetDownloadLink", backups.describe_backup_set_download_link(
        oceanbase.DescribeBackupSetDownloadLinkRequest(instance_id="ob317v4uif", download_task_id="1000002")
    )
    yield "DescribeDataBackupSet", backups.describe_data_backup_set(
        oceanbase.DescribeDataBackupSetRequest(instance_id="ob317v4uif", page_number=1, page_size=10)
    )
    yield "DescribeDownloadBackupSetStorageInfo", downloads.describe_download_backup_set_storage_info(
        dbs.DescribeDownloadBackupSetStorageInfoRequest(
            region_code="cn-hangzhou", instance_name="rm-bp1imnmcjxdz7", backup_set_id="146005", duration="3600"
        )
    )
    yield "DescribeDownloadTask", downloads.describe_download_task(
        dbs.DescribeDownloadTaskRequest(region_code="cn-hangzhou", instance_name="rm-bp1imnmcjxdz7")
    )
    yield "DownloadDataTrackResult", tickets.download_data_track_result(
        dms.DownloadDataTrackResultRequest(
            order_id=546, rollback_sqltype="REVERSE", event_id_list=["1", "2"], filter_table_list=["orders"]
        )
    )
    yield "GetDataExportDownloadURL", tickets.get_data_export_download_url(
        dms.GetDataExportDownloadURLRequest(order_id=546, tid=3)
    )
    yield "GetDataExportOrderDetail", tickets.get_data_export_order_detail(
        dms.GetDataExportOrderDetailRequest(order_id=546)
    )
    yield "QueryDataTrackResultDownloadStatus", tickets.query_data_track_result_download_status(
        dms.QueryDataTrackResultDownloadStatusRequest(order_id=11, download_key_id="e23dd7ec", tid=1)
    )


if __name__ == "__main__":
    json.dump({operation: reply.body.to_map() for operation, reply in replies(*sys.argv[1:])}, sys.stdout)
