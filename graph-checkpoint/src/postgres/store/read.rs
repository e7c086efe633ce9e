//! Reading, searching and listing.

use deadpool_postgres::{Client, GenericClient};
use graph_core::store::backend::{Find, Matches};
use graph_core::store::{Item, Namespace, NamespacesQuery, StoreError};
use tokio_postgres::{IsolationLevel, Row as Columns};

use super::super::convert::limit;
use super::super::failure::Failure;
use crate::row::Row;

/// How many items are read at a time.
const PAGE: usize = 500;

fn row(columns: &Columns) -> Result<Row, tokio_postgres::Error> {
    Ok(Row {
        namespace: Namespace::from(columns.try_get::<_, Vec<String>>("namespace")?),
        key: columns.try_get("key")?,
        value: columns.try_get("value")?,
        created_at: columns.try_get("created_at")?,
        updated_at: columns.try_get("updated_at")?,
        expires_at: columns.try_get("expires_at")?,
    })
}

/// Namespaces that begin with `prefix` are not less than it, and less than this: than the next last name, by its bytes.
/// `None` is no bound.
fn bound(prefix: &Namespace) -> Option<Vec<String>> {
    let mut names = prefix.names().to_vec();
    names.last_mut()?.push('\u{1}');
    Some(names)
}

pub(super) async fn get(
    client: &Client,
    namespace: &Namespace,
    key: &str,
) -> Result<Option<Item>, Failure<StoreError>> {
    let get = client
        .prepare_cached(
            "SELECT namespace, key, created_at, updated_at, expires_at, value::text FROM graph_checkpoint.store_items \
            WHERE namespace = $1 AND key = $2 AND (expires_at IS NULL OR expires_at > now())",
        )
        .await?;
    let found = client.query_opt(&get, &[&namespace.names(), &key]).await?;
    Ok(found.map(|columns| row(&columns)).transpose()?.map(Row::item).transpose()?)
}

pub(super) async fn find(client: &mut Client, find: &Find) -> Result<Vec<Item>, Failure<StoreError>> {
    if find.filter.is_empty() && find.vector.is_none() {
        let mut page_itself = find.clone();
        page_itself.offset = 0;
        let mut matches = Matches::new(&page_itself);
        page(client, &page_itself, None, (find.offset, find.limit), &mut matches).await?;
        return Ok(matches.finish());
    }
    let mut matches = Matches::new(find);
    // All pages are of one moment.
    let transaction =
        client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true).start().await?;
    let mut before = None;
    loop {
        before = page(&transaction, find, before, (0, PAGE), &mut matches).await?;
        if before.is_none() {
            transaction.commit().await?;
            return Ok(matches.finish());
        }
    }
}

/// Adds the next items, those with a lesser revision than `before`; the least revision among them if there may be more.
async fn page(
    client: &impl GenericClient,
    find: &Find,
    before: Option<i64>,
    (offset, size): (usize, usize),
    matches: &mut Matches<'_>,
) -> Result<Option<i64>, Failure<StoreError>> {
    let query = client
        .prepare_cached(
            "SELECT namespace, key, revision, created_at, updated_at, expires_at, value::text, \
              CASE WHEN $5 THEN vectors END AS vectors \
            FROM graph_checkpoint.store_items \
            WHERE namespace >= $1 AND ($2::text[] IS NULL OR namespace < $2) \
              AND ($3::bigint IS NULL OR revision < $3) AND (expires_at IS NULL OR expires_at > now()) \
            ORDER BY revision DESC LIMIT $4 OFFSET $6",
        )
        .await?;
    let (size, with_vectors) = (limit(Some(size)), find.vector.is_some());
    let prefix = find.prefix.names();
    let (bound, offset) = (bound(&find.prefix), limit(Some(offset)));
    let rows = client.query(&query, &[&prefix, &bound, &before, &size, &with_vectors, &offset]).await?;
    for columns in &rows {
        let row = row(columns)?;
        let vectors = row.vectors(columns.try_get("vectors")?)?;
        if matches.add(row.item()?, &vectors)?.is_break() {
            return Ok(None);
        }
    }
    let is_last = size.is_some_and(|size| (rows.len() as i64) < size);
    rows.last().filter(|_| !is_last).map(|row| Ok(row.try_get("revision")?)).transpose()
}

pub(super) async fn namespaces(
    client: &Client,
    query: &NamespacesQuery,
) -> Result<Vec<Namespace>, Failure<StoreError>> {
    let list = client
        .prepare_cached(
            "SELECT DISTINCT namespace FROM graph_checkpoint.store_items \
            WHERE namespace >= $1 AND ($2::text[] IS NULL OR namespace < $2) \
              AND (expires_at IS NULL OR expires_at > now())",
        )
        .await?;
    let rows = client.query(&list, &[&query.prefix.names(), &bound(&query.prefix)]).await?;
    let namespaces = rows.iter().map(|row| Ok(Namespace::from(row.try_get::<_, Vec<String>>(0)?)));
    Ok(query.select(namespaces.collect::<Result<Vec<_>, tokio_postgres::Error>>()?))
}
