package io.synthray.evaluator;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;

/**
 * Small buffers for each partition's store: RocksDB's memory lies outside the heap, and Kafka Streams' defaults (some 100 MB a
 * store) are meant for few stores.
 */
public final class SmallRocksDb implements RocksDBConfigSetter {
    private static final long BUFFER_BYTES = 4L * 1024 * 1024;
    private static final long CACHE_BYTES = 4L * 1024 * 1024;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        // Kafka Streams set this table configuration up and closes its cache with the store; another cache would be
        // ours to close.
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCacheSize(CACHE_BYTES);
        options.setTableFormatConfig(table);
        options.setWriteBufferSize(BUFFER_BYTES);
        options.setMaxWriteBufferNumber(2);
    }

    @Override
    public void close(String storeName, Options options) {
        // Nothing here was made by this class.
    }
}
