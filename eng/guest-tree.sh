#!/usr/bin/env bash
# Writes the device tree that the EL2 image is started with: the machine's own, and below /chosen the guest (docs/guests.md).
#   guest-tree.sh OUTPUT MACHINE BOOTARGS RID KERNEL:ADDRESS RAMDISK:ADDRESS BRIDGE [abort]
# MACHINE is QEMU's -M argument, RID the PCI requester id of the device to pass through, BRIDGE the host bridge that the guest sees: generic or nwl.
. "$(dirname "${BASH_SOURCE[0]}")/progress.sh"

output=$1 machine=$2 bootargs=$3 rid=$4 kernel=$5 ramdisk=$6 bridge=$7 abort=${8:-}
guest_mebibytes=512

module() { # module KIND FILE:ADDRESS
    local file=${2%:*} address=${2##*:}
    printf 'module@%x { compatible = "multiboot,%s", "multiboot,module"; reg = <0x0 0x%x 0x0 0x%x>; };\n' \
        "$address" "$1" "$address" "$(stat -L -c %s "$file")"
}

quietly "$output.log" qemu-system-aarch64 -M "$machine,dumpdtb=$output.machine" -cpu cortex-a57 -smp 1 -m 1G \
    -display none -serial none -monitor none -nic none || fail "QEMU did not write the machine's device tree"
{
    dtc -q -I dtb -O dts "$output.machine"
    cat <<EOT
/ {
    chosen {
        guest@0 {
            compatible = "sluice,guest";
            #address-cells = <2>;
            #size-cells = <2>;
            cpus = <1>;
            memory = <0x0 $((guest_mebibytes * 1024))>;
            bootargs = "$bootargs";
            sluice,devices = <$rid>;
            sluice,host-bridge = "$bridge";
            ${abort:+sluice,smmu-abort;}
            $(module kernel "$kernel")
            $(module ramdisk "$ramdisk")
        };
    };
};
EOT
} | dtc -q -I dts -O dtb -o "$output" -
