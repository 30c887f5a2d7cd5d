//! What is behind the links: another file for each workflow, which a person can read.

/// The operation that gives the link to what a query returns.
pub const QUERY: &str = "GetDataExportDownloadURL";
/// The operation that gives the link to a backup set.
pub const SET: &str = "DescribeBackupSetDownloadLink";
/// How long each file is at most, in bytes: shorter by less than a line.
pub const LENGTH: usize = 4 * 1024 * 1024;

/// A file that the emulator serves.
pub struct Content {
    /// The operation that gives the link.
    pub behind: &'static str,
    /// What the file is called here.
    pub name: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// All files, in the order of the demo.
pub fn all() -> [Content; 4] {
    [
        Content::of(QUERY, "orders.csv", "order,cents\n", |row| format!("{row},{}\n", row * 37 % 10_000)),
        Content::of("QueryDataTrackResultDownloadStatus", "undo.sql", "-- undo\n", |row| {
            format!("UPDATE orders SET cents = {} WHERE id = {row};\n", row * 41 % 10_000)
        }),
        Content::of(SET, "backup-set.txt", "backup set bak-1\n", |row| format!("block {row:08}\n")),
        Content::of("DescribeDownloadBackupSetStorageInfo", "customers.csv", "id,since\n", |row| {
            format!("{row},{}\n", 1970 + row % 57)
        }),
    ]
}

impl Content {
    fn of(behind: &'static str, name: &'static str, head: &str, row: impl Fn(usize) -> String) -> Self {
        let mut bytes = head.as_bytes().to_vec();
        for row in (1..).map(row) {
            if bytes.len() + row.len() > LENGTH {
                break;
            }
            bytes.extend(row.bytes());
        }
        Self { behind, name, bytes }
    }
}
