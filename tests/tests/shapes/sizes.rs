//! Many nodes.

use super::*;

shapes! {
    a_wide_fork(0) {
        START -> [a as w0, a as w1, a as w2, a as w3, a as w4, a as w5, a as w6, a as w7, a as w8, a as w9, a as
            w10, a as w11, a as w12, a as w13, a as w14, a as w15, a as w16, a as w17, a as w18, a as w19, a as w20,
            a as w21, a as w22, a as w23, a as w24, a as w25, a as w26, a as w27, a as w28, a as w29, a as w30, a as
            w31, a as w32, a as w33, a as w34, a as w35, a as w36, a as w37, a as w38, a as w39] -> b -> END;
    } => "a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a b"

    a_hundred_nodes(0) {
        START -> a as n0 -> a as n1 -> a as n2 -> a as n3 -> a as n4 -> a as n5 -> a as n6 -> a as n7 -> a as n8
            -> a as n9 -> a as n10 -> a as n11 -> a as n12 -> a as n13 -> a as n14 -> a as n15 -> a as n16 -> a as
            n17 -> a as n18 -> a as n19 -> a as n20 -> a as n21 -> a as n22 -> a as n23 -> a as n24 -> a as n25 -> a
            as n26 -> a as n27 -> a as n28 -> a as n29 -> a as n30 -> a as n31 -> a as n32 -> a as n33 -> a as n34 ->
            a as n35 -> a as n36 -> a as n37 -> a as n38 -> a as n39 -> a as n40 -> a as n41 -> a as n42 -> a as n43
            -> a as n44 -> a as n45 -> a as n46 -> a as n47 -> a as n48 -> a as n49 -> a as n50 -> a as n51 -> a as
            n52 -> a as n53 -> a as n54 -> a as n55 -> a as n56 -> a as n57 -> a as n58 -> a as n59 -> a as n60 -> a
            as n61 -> a as n62 -> a as n63 -> a as n64 -> a as n65 -> a as n66 -> a as n67 -> a as n68 -> a as n69 ->
            a as n70 -> a as n71 -> a as n72 -> a as n73 -> a as n74 -> a as n75 -> a as n76 -> a as n77 -> a as n78
            -> a as n79 -> a as n80 -> a as n81 -> a as n82 -> a as n83 -> a as n84 -> a as n85 -> a as n86 -> a as
            n87 -> a as n88 -> a as n89 -> a as n90 -> a as n91 -> a as n92 -> a as n93 -> a as n94 -> a as n95 -> a
            as n96 -> a as n97 -> a as n98 -> a as n99 -> END;
    } => "a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a"
}
